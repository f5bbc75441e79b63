/// How urgent an assist request is (S4.1), numbered as on the wire.
///
/// Notices have no urgency.
public enum Urgency: Int, CaseIterable, Hashable, Sendable {
  case none = 1
  case normal = 2
  case urgent = 3

  /// The word that programs use.
  public var word: String {
    switch self {
    case .none: "none"
    case .normal: "normal"
    case .urgent: "urgent"
    }
  }

  /// What an operator reads: the source's own grades are 紧急 and 急.
  public var label: BilingualText {
    switch self {
    case .none: BilingualText(chinese: "无", english: "none")
    case .normal: BilingualText(chinese: "急", english: "normal")
    case .urgent: BilingualText(chinese: "紧急", english: "urgent")
    }
  }
}

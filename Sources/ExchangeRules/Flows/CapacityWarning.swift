/// How near a place is to its capacity (S13.1).
public enum CapacityWarning: Int, CaseIterable, Hashable, Sendable {
  /// Room for another period like this one.
  case none
  /// Another period like this one is beyond the capacity.
  case early
  /// It is beyond the capacity already.
  case exceeded

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .none: BilingualText(chinese: "正常", english: "room left")
    case .early: BilingualText(chinese: "预警", english: "early warning")
    case .exceeded: BilingualText(chinese: "超出", english: "exceeded")
    }
  }
}

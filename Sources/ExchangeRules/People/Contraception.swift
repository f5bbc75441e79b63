/// S1.2: what is known of the contraception used; numbered as on the wire.
public enum Contraception: Int, CaseIterable, Hashable, Sendable {
  case unknown = 0
  case none = 1
  case other = 2
  case longActing = 3

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .unknown: BilingualText(chinese: "不详", english: "unknown")
    case .none: BilingualText(chinese: "未避孕", english: "none")
    case .other: BilingualText(chinese: "其他避孕措施", english: "other")
    case .longActing: BilingualText(chinese: "长效避孕措施", english: "long-acting")
    }
  }
}

/// GB/T 2261.1, numbered as on the wire.
public enum Sex: Int, CaseIterable, Hashable, Sendable {
  case unknown = 0
  case male = 1
  case female = 2

  /// The word that programs use.
  public var word: String {
    switch self {
    case .unknown: "unknown"
    case .male: "male"
    case .female: "female"
    }
  }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .unknown: BilingualText(chinese: "未知", english: "unknown")
    case .male: BilingualText(chinese: "男", english: "male")
    case .female: BilingualText(chinese: "女", english: "female")
    }
  }
}

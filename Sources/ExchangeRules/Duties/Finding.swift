/// What a search came to, numbered as on the wire.
public enum Finding: Int, CaseIterable, Hashable, Sendable {
  case found = 1
  case notFound = 2
  case mismatch = 3

  /// The word that programs use.
  public var word: String { "\(self)" }

  /// What an operator reads; the Chinese is what offices say.
  public var label: BilingualText {
    switch self {
    case .found: BilingualText(chinese: "查到，属实", english: "found")
    case .notFound: BilingualText(chinese: "查无此人", english: "not found")
    case .mismatch: BilingualText(chinese: "查到，信息不符", english: "found, facts differ")
    }
  }
}

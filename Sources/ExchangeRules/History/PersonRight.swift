/// What a person may ask of whoever holds something of her (PIPL, articles 46 and 47), numbered as on
/// the wire.
public enum PersonRight: Int, CaseIterable, Hashable, Sendable {
  /// What is wrong is put right.
  case correction = 1
  /// What is held is erased.
  case erasure = 2

  /// The word that programs use.
  public var word: String { "\(self)" }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .correction: BilingualText(chinese: "更正", english: "correction")
    case .erasure: BilingualText(chinese: "删除", english: "erasure")
    }
  }
}

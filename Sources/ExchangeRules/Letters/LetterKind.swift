/// What a letter between two offices is about, numbered as on the wire and on disk.
public enum LetterKind: Int, CaseIterable, Hashable, Sendable {
  /// What lags behind at the office that it is addressed to (S10.4).
  case dunning = 1

  /// The word that programs use.
  public var word: String { "\(self)" }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .dunning: BilingualText(chinese: "催办", english: "dunning")
    }
  }
}

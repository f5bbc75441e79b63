/// What a letter between two offices is about, numbered as on the wire and on disk.
public enum LetterKind: Int, CaseIterable, Hashable, Sendable {
  /// What lags behind at the office that it is addressed to (S10.4).
  case dunning = 1
  /// The subjects that a township has submitted and fed back in a cycle (S10.6).
  case roster = 2
  /// The national table and the two provincial ones of a month (S12.5).
  case monthlyTables = 3

  /// Whether the office below writes it to the one above.
  public var isUpward: Bool { self != .dunning }

  /// The word that programs use and that `--kind` takes.
  public var word: String { LetterKind.words[self] ?? "" }

  private static let words: [LetterKind: String] = [
    .dunning: "dunning", .roster: "roster", .monthlyTables: "tables",
  ]

  /// The kind of a word, in either language, or nil.
  public init?(word: String) {
    let found = LetterKind.allCases.first {
      $0.word == word.lowercased() || $0.label.chinese == word
    }
    guard let found else { return nil }
    self = found
  }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .dunning: BilingualText(chinese: "催办", english: "dunning")
    case .roster: BilingualText(chinese: "花名册", english: "roster")
    case .monthlyTables: BilingualText(chinese: "月报表", english: "monthly tables")
    }
  }
}

/// What a spot check of an answered item has found (S10.7), numbered as on the wire and on disk.
public enum SpotOutcome: Int, CaseIterable, Hashable, Sendable {
  /// The answer is as it was found to be.
  case confirmed = 1
  /// The answer is wrong.
  case wrong = 2
  /// It could not be found out.
  case undecided = 3

  /// The word that programs use and that `--outcome` takes.
  public var word: String { "\(self)" }

  /// The outcome of a word, in either language, or nil.
  public init?(word: String) {
    let found = SpotOutcome.allCases.first {
      $0.word == word.lowercased() || $0.label.chinese == word
    }
    guard let found else { return nil }
    self = found
  }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .confirmed: BilingualText(chinese: "属实", english: "confirmed")
    case .wrong: BilingualText(chinese: "不实", english: "wrong")
    case .undecided: BilingualText(chinese: "无法核实", english: "undecided")
    }
  }
}

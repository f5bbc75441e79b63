/// The levels of division, from the top.
public enum DivisionLevel: Int, CaseIterable, Hashable, Sendable, Comparable {
  case province = 1
  case prefecture = 2
  case county = 3
  case township = 4
  case village = 5

  /// The word that programs use and that `--by` takes.
  public var word: String { "\(self)" }

  /// The level of a word, in either language, with or without 级, or nil.
  public init?(word: String) {
    let found = DivisionLevel.allCases.first { level in
      level.word == word.lowercased() || level.label.chinese == word
        || level.label.chinese == word + "级"
    }
    guard let found else { return nil }
    self = found
  }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .province: BilingualText(chinese: "省级", english: "province")
    case .prefecture: BilingualText(chinese: "地级", english: "prefecture")
    case .county: BilingualText(chinese: "县级", english: "county")
    case .township: BilingualText(chinese: "乡级", english: "township")
    case .village: BilingualText(chinese: "村级", english: "village")
    }
  }

  /// The top comes first.
  public static func < (left: DivisionLevel, right: DivisionLevel) -> Bool {
    left.rawValue < right.rawValue
  }
}

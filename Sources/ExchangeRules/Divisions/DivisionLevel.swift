/// The levels of division, from the top.
public enum DivisionLevel: Int, CaseIterable, Hashable, Sendable, Comparable {
  case province = 1
  case prefecture = 2
  case county = 3
  case township = 4
  case village = 5

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

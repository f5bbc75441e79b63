/// Five full years of age, from 15 through 49 (S1.1, S13.1).
public struct AgeBand: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The youngest age in it: 15, 20, … 45.
  public let first: Int

  private static let years = 5

  /// The band of an age in full years; nil for one that is no subject's (S1.1).
  public init?(age: Int) {
    guard SubjectRule.ages.contains(age) else { return nil }
    first = age - age % AgeBand.years
  }

  /// The band of a person on a day; nil where her age is no subject's.
  public init?(birth: CivilDate, on day: CivilDate) {
    self.init(age: birth.fullYears(on: day))
  }

  /// Such as "15–19".
  public var description: String { "\(first)–\(first + AgeBand.years - 1)" }

  /// The younger come first.
  public static func < (left: AgeBand, right: AgeBand) -> Bool { left.first < right.first }
}

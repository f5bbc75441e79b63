/// The published formula by which a province ranks its counties each quarter (S9.1).
///
/// This is the one file that says it. A change is a new row with the day from which it holds; an old
/// row stays, so that a rank of then can be computed again.
public struct RankingFormula: Hashable, Sendable {
  /// What it is called where a rank is explained.
  public let name: String
  /// The first day on which it holds: a quarter goes by the formula of its first cycle's first day.
  public let from: CivilDate
  /// How many points each part is worth at most; together 100.
  public let weights: [RankingPart: Int]

  /// How many counties at the end of the list are the last ones.
  public static let lastPlaces = 3

  private static let rows: [(name: String, from: String, weights: [RankingPart: Int])] = [
    (
      "2009-1", "2009-01-01",
      [
        .feedbackRate: 40, .answeredInTime: 20, .substantiated: 20, .receivedInCycle: 10,
        .monthsWithSubmission: 10,
      ]
    )
  ]

  /// The formulas, the oldest first.
  public static let all: [RankingFormula] = rows.compactMap { row in
    CivilDate(row.from).map { RankingFormula(name: row.name, from: $0, weights: row.weights) }
  }

  /// The formula of a quarter; nil before the first.
  public static func inForce(in quarter: Quarter) -> RankingFormula? {
    guard let day = quarter.cycles.first?.first else { return nil }
    return all.last { $0.from <= day }
  }
}

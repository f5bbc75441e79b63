/// The ranking of a province's counties in a quarter (S9.1).
public struct Ranking: Sendable {
  /// A county's place.
  public struct Place: Hashable, Sendable {
    /// The county.
    public let county: DivisionCode
    /// From 1; equal scores share the better rank, and the next one is skipped.
    public let rank: Int
    /// The score.
    public let score: RankingScore
    /// Among the last three: all that tie at the cut belong to them.
    public let isAmongLast: Bool
  }

  /// The quarter.
  public let quarter: Quarter
  /// The formula that it goes by.
  public let formula: RankingFormula
  /// The ranked counties, the best first, equal ones in the order of their codes.
  public let places: [Place]
  /// Counties of which nothing was asked, apart and unranked.
  public let unranked: [DivisionCode]

  /// Ranks counties by their figures in the quarter's cycles.
  public init(
    _ quarter: Quarter, by formula: RankingFormula, of counties: [DivisionCode: [CycleFigures]]
  ) {
    self.quarter = quarter
    self.formula = formula
    var scored: [(county: DivisionCode, score: RankingScore)] = []
    var unranked: [DivisionCode] = []
    for (county, cycles) in counties {
      if let score = RankingScore(of: cycles, by: formula) {
        scored.append((county, score))
      } else {
        unranked.append(county)
      }
    }
    scored.sort { ($1.score.hundredths, $0.county) < ($0.score.hundredths, $1.county) }
    let cut = scored.suffix(RankingFormula.lastPlaces).first?.score.hundredths ?? 0
    var places: [Place] = []
    for (index, entry) in scored.enumerated() {
      let isTied = places.last?.score.hundredths == entry.score.hundredths
      places.append(
        Place(
          county: entry.county, rank: isTied ? places[index - 1].rank : index + 1,
          score: entry.score, isAmongLast: entry.score.hundredths <= cut))
    }
    self.places = places
    self.unranked = unranked.sorted()
  }

  /// The counties that are listed for criticism: among the last three in this quarter and in the one
  /// before.
  public func criticised(after previous: Ranking) -> [DivisionCode] {
    guard previous.quarter == quarter.previous else { return [] }
    let before = Set(previous.places.filter(\.isAmongLast).map(\.county))
    return places.filter { $0.isAmongLast && before.contains($0.county) }.map(\.county)
  }
}

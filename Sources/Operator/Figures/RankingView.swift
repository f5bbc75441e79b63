package import ExchangeRules
package import Presentation
package import Reports

/// A quarter's ranking: a row for each county with the points of its parts.
package struct RankingView: Sendable {
  package let ranking: Ranking
  package let criticised: [DivisionCode]
  /// As of the end of which day.
  let asOf: CivilDate

  package init(ranking: Ranking, criticised: [DivisionCode], asOf: CivilDate) {
    self.ranking = ranking
    self.criticised = criticised
    self.asOf = asOf
  }

  /// The ranking as a report.
  package var report: RankingReport {
    let counties = ranking.places.map(\.county) + ranking.unranked
    return RankingReport(
      ranking, criticised: criticised,
      names: Dictionary(
        uniqueKeysWithValues: counties.map { ($0, DivisionText.short("\($0)")) }), asOf: asOf)
  }

  package func page(in language: Language) -> Page {
    var page = Page()
    for place in ranking.places {
      page.add(
        value: RankLine(place, ranking, isCriticised: criticised.contains(place.county)))
    }
    for county in ranking.unranked { page.add(value: RankLine(unranked: county, ranking)) }
    page.add(
      heading: language.text(
        "\(ranking.quarter) 排名（公式 \(ranking.formula.name)）",
        "ranking of \(ranking.quarter) (formula \(ranking.formula.name))"))
    let report = report
    page.add(report.table(in: language).text(of: report.shortColumns, in: language))
    page.add(notes: report.notes(in: language))
    return page
  }
}

/// A county's rank for programs.
struct RankLine: Encodable {
  let division: String
  let quarter: String
  let formula: String
  /// Nil: nothing was asked of it.
  let rank: Int?
  let score: Double?
  let lastThree: Bool
  let criticised: Bool
  let parts: [Part]

  struct Part: Encodable {
    let part: String
    let weight: Int
    let count: Int
    let of: Int
    let points: Double
  }

  private enum Key: CodingKey {
    case division, quarter, formula, rank, score, lastThree, criticised, parts
  }

  init(_ place: Ranking.Place, _ ranking: Ranking, isCriticised: Bool) {
    division = "\(place.county)"
    quarter = "\(ranking.quarter)"
    formula = ranking.formula.name
    rank = place.rank
    score = Double(place.score.hundredths) / 100
    lastThree = place.isAmongLast
    criticised = isCriticised
    parts = place.score.parts.map {
      Part(
        part: $0.part.rawValue, weight: $0.weight, count: $0.count, of: $0.of,
        points: Double($0.hundredths) / 100)
    }
  }

  init(unranked county: DivisionCode, _ ranking: Ranking) {
    division = "\(county)"
    quarter = "\(ranking.quarter)"
    formula = ranking.formula.name
    (rank, score) = (nil, nil)
    (lastThree, criticised) = (false, false)
    parts = []
  }

  func encode(to encoder: any Encoder) throws {
    var line = encoder.container(keyedBy: Key.self)
    try line.encode(division, forKey: .division)
    try line.encode(quarter, forKey: .quarter)
    try line.encode(formula, forKey: .formula)
    // Null where there is none.
    try line.encode(rank, forKey: .rank)
    try line.encode(score, forKey: .score)
    try line.encode(lastThree, forKey: .lastThree)
    try line.encode(criticised, forKey: .criticised)
    try line.encode(parts, forKey: .parts)
  }
}

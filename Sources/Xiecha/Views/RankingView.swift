import ExchangeRules
import Presentation

/// A quarter's ranking: a row for each county with the points of its parts.
struct RankingView {
  let ranking: Ranking
  let criticised: [DivisionCode]

  func page(in language: Language) -> Page {
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
    page.add(table(language))
    if !ranking.unranked.isEmpty {
      let names = ranking.unranked.map { DivisionText.short("\($0)") }.joined(separator: " ")
      page.add(notes: [language.text("未收到任何信息，不参加排名：", "nothing asked, unranked: ") + names])
    }
    if !criticised.isEmpty {
      let names = criticised.map { DivisionText.short("\($0)") }.joined(separator: " ")
      page.add(notes: [
        language.text("连续两个季度排在后三名，通报批评：", "among the last three twice running, criticised: ")
          + names
      ])
    }
    return page
  }

  private func table(_ language: Language) -> TextTable {
    let parts = RankingPart.allCases.filter { ranking.formula.weights[$0] != nil }
    var table = TextTable(
      [
        .init(language.text("名次", "rank"), alignsRight: true, isWhole: true),
        .init(language.word(.division)),
        .init(language.text("得分", "score"), alignsRight: true, isWhole: true),
      ]
        + parts.map { part in
          let weight = ranking.formula.weights[part] ?? 0
          return .init("\(part.label[language]) \(weight)", alignsRight: true, isWhole: true)
        } + [.init(language.word(.note))])
    for place in ranking.places {
      let points = place.score.parts.map { $0.of == 0 ? "—" : RankingScore.text($0.hundredths) }
      var notes: [String] = []
      if criticised.contains(place.county) {
        notes.append(language.text("通报批评", "criticised"))
      } else if place.isAmongLast {
        notes.append(language.text("后三名", "last three"))
      }
      table.add(
        ["\(place.rank)", "\(place.county) \(DivisionText.short("\(place.county)"))"]
          + [place.score.text] + points + notes)
    }
    return table
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

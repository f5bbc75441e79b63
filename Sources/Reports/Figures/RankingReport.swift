public import ExchangeRules
internal import Presentation

/// A quarter's ranking as a report: each county's points with the counts that they come from, so that
/// any rank can be computed again (S9.1).
public struct RankingReport: Sendable {
  /// The ranking.
  public let ranking: Ranking
  /// Who is listed for criticism.
  public let criticised: [DivisionCode]
  /// The names of the counties; one without a name is shown by its code.
  public let names: [DivisionCode: String]
  /// As of the end of which day.
  public let asOf: CivilDate

  /// A report of a ranking.
  public init(
    _ ranking: Ranking, criticised: [DivisionCode], names: [DivisionCode: String], asOf: CivilDate
  ) {
    self.ranking = ranking
    self.criticised = criticised
    self.names = names
    self.asOf = asOf
  }

  /// The columns that a terminal has room for: rank, county, score, the points of each part, note.
  public var shortColumns: [Int] {
    let points = parts.indices.map { RankingReport.firstPart + $0 * 3 + 2 }
    return [0, 1, 2, 3] + points + [RankingReport.firstPart + parts.count * 3]
  }

  /// The report.
  ///
  /// - Parameters:
  ///   - language: The language of its words.
  ///   - whose: The name of the province or prefecture.
  ///   - made: When it is made, in milliseconds since 1970.
  /// - Returns: The table and the chart of scores.
  public func report(in language: Language, of whose: String, made: Int64) -> Report {
    let formula = ranking.formula
    let weights = parts.map { "\($0.label[language]) \(formula.weights[$0] ?? 0)" }
      .joined(separator: " + ")
    let cycles = ranking.quarter.cycles.map { "\($0)" }.joined(separator: ", ")
    return Report(
      language: language,
      title: language.text(
        "\(whose) \(ranking.quarter) 信息交换排名", "\(whose) \(ranking.quarter): ranking of counties"),
      facts: [
        language.text("周期 \(cycles)，统计截至 \(asOf)", "cycles \(cycles), as of \(asOf)"),
        language.text("公式 \(formula.name)：\(weights)", "formula \(formula.name): \(weights)"),
        language.text("制表 \(ChinaTime.text(made))", "made \(ChinaTime.text(made))"),
      ], table: table(in: language), charts: [scores(language)], notes: notes(in: language))
  }

  /// The table alone.
  public func table(in language: Language) -> ReportTable {
    var columns: [ReportTable.Column] = [
      .init(language.text("名次", "rank"), .identity), .init(language.text("代码", "code"), .identity),
      .init(language.word(.division), .text), .init(language.text("得分", "score"), .points),
    ]
    for part in parts {
      let group = "\(part.label[language]) \(ranking.formula.weights[part] ?? 0)"
      columns += [
        .init(language.text("数量", "count"), .number, group: group),
        .init(language.text("总数", "of"), .number, group: group),
        .init(language.text("得分", "points"), .points, group: group),
      ]
    }
    columns.append(.init(language.word(.note), .text))
    var table = ReportTable(columns, isSummed: true)
    for place in ranking.places {
      var cells: [ReportCell] = [
        .identity("\(place.rank)"), .identity("\(place.county)"), .text(name(of: place.county)),
        .points(place.score.hundredths),
      ]
      for part in place.score.parts {
        cells += [.number(part.count), .number(part.of)]
        cells.append(part.of == 0 ? .missing : .points(part.hundredths))
      }
      cells.append(.text(note(on: place, language)))
      table.add(cells)
    }
    return table
  }

  /// Who is not ranked, and who is criticised.
  public func notes(in language: Language) -> [String] {
    func list(_ counties: [DivisionCode], _ chinese: String, _ english: String) -> [String] {
      counties.isEmpty
        ? []
        : [language.text(chinese, english) + counties.map(name).joined(separator: " ")]
    }
    return list(ranking.unranked, "未收到任何信息，不参加排名：", "nothing asked, unranked: ")
      + list(
        criticised, "连续两个季度排在后三名，通报批评：", "among the last three twice running, criticised: ")
  }

  // MARK: Parts

  private static let firstPart = 4

  private var parts: [RankingPart] {
    RankingPart.allCases.filter { ranking.formula.weights[$0] != nil }
  }

  private func name(of county: DivisionCode) -> String { names[county] ?? "\(county)" }

  private func note(on place: Ranking.Place, _ language: Language) -> String {
    if criticised.contains(place.county) { return language.text("通报批评", "criticised") }
    return place.isAmongLast ? language.text("后三名", "last three") : ""
  }

  private func scores(_ language: Language) -> BarChart {
    BarChart(
      title: language.text("得分及其组成（S9.1）", "scores and what they are made of (S9.1)"),
      legend: parts.map { "\($0.label[language]) \(ranking.formula.weights[$0] ?? 0)" },
      bars: ranking.places.map { place in
        .init(
          "\(place.rank). \(name(of: place.county))", parts: place.score.parts.map(\.hundredths),
          text: place.score.text)
      }, longest: 10_000)
  }
}

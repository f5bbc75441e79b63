public import ExchangeRules
internal import Presentation

/// A published flow table as a report: the origins in rows, with shares; what is suppressed bears one
/// sign (S13.1).
public struct FlowReport: Sendable {
  /// A row or column.
  public struct Line: Sendable, Hashable {
    /// Its code; empty: unknown, or all others together.
    public var key: String
    /// What people read.
    public var name: String
    /// Its persons.
    public var persons: Int

    /// A line.
    public init(key: String, name: String, persons: Int) {
      self.key = key
      self.name = name
      self.persons = persons
    }
  }

  /// The period and the level.
  public let release: FlowRelease
  /// What stands in the columns.
  public let beside: FlowBeside
  /// The origins.
  public let rows: [Line]
  /// The columns.
  public let columns: [Line]
  /// By row and column; nil: suppressed.
  public let cells: [[Int?]]
  /// All persons.
  public let persons: Int

  /// A table; missing cells are suppressed ones.
  public init(
    _ release: FlowRelease, by beside: FlowBeside, rows: [Line], columns: [Line], cells: [[Int?]],
    persons: Int
  ) {
    self.release = release
    self.beside = beside
    self.rows = rows
    self.columns = columns
    self.cells = cells
    self.persons = persons
  }

  /// How many of the largest are drawn.
  private static let largest = 10

  /// The report as a file has it.
  ///
  /// - Parameters:
  ///   - language: The language of its words.
  ///   - whose: The name of the office whose register was counted.
  ///   - published: When it was published, in milliseconds since 1970.
  /// - Returns: The table, and the shares of the largest as a chart.
  public func report(in language: Language, of whose: String, published: Int64) -> Report {
    var charts: [any ReportChart] = [
      shares(of: rows, language.text("最大的户籍地（S13.1）", "largest origins (S13.1)"), language)
    ]
    if beside == .destination {
      charts.append(
        shares(
          of: columns, language.text("最大的流入地（S13.1）", "largest destinations (S13.1)"), language))
    }
    return Report(
      language: language, title: title(language, whose),
      facts: [
        language.text("共 \(persons) 人", "\(persons) persons in all"),
        language.text("发布 \(ChinaTime.text(published))", "published \(ChinaTime.text(published))"),
      ], table: table(in: language), charts: charts, notes: notes(in: language))
  }

  /// The table alone.
  public func table(in language: Language) -> ReportTable {
    let sum = 2 + columns.count
    var table = ReportTable(
      [
        .init(language.text("代码", "code"), .identity), .init(language.text("户籍地", "origin"), .text),
      ] + columns.map { .init($0.name, .number, group: beside.label[language]) } + [
        .init(language.text("合计", "total"), .number),
        .init(language.text("总数", "of all"), .number),
        .init(language.text("占比", "share"), .share(count: sum, of: sum + 1)),
      ], isSummed: false)
    for (row, counts) in zip(rows, cells) {
      table.add(line(row.key, row.name, counts.map { $0 }, row.persons))
    }
    table.add(
      line("", language.text("合计", "total"), columns.map(\.persons), persons))
    return table
  }

  /// What the reader is to know.
  public func notes(in language: Language) -> [String] {
    [
      language.text(
        "— 为不公布：少于 \(FlowTable<String, String>.least) 人，或会由此推出这样的数；人数过少的并入“其他”",
        "— is not shown: fewer than \(FlowTable<String, String>.least) persons, or such a number would "
          + "follow from it; what is too small stands under “others”")
    ]
  }

  private func line(_ key: String, _ name: String, _ counts: [Int?], _ sum: Int) -> [ReportCell] {
    [.identity(key), .text(name)] + counts.map { $0.map(ReportCell.number) ?? .missing }
      + [.number(sum), .number(persons), .share(count: sum, of: persons)]
  }

  private func title(_ language: Language, _ whose: String) -> String {
    language.text(
      "\(whose) \(release.first) 至 \(release.last) 流动：户籍地 × \(beside.label.chinese)",
      "\(whose) flows, \(release.first) to \(release.last): origin by \(beside.label.english)")
  }

  private func shares(of lines: [Line], _ title: String, _ language: Language) -> BarChart {
    let largest = lines.enumerated()
      .sorted { ($1.element.persons, $0.offset) < ($0.element.persons, $1.offset) }
      .prefix(FlowReport.largest).map(\.element)
    return BarChart(
      title: title, legend: [language.text("人数", "persons")],
      bars: largest.map { line in
        let share = ReportCell.share(count: line.persons, of: persons).text
        return .init(line.name, parts: [line.persons], text: "\(line.persons)  \(share)")
      })
  }
}

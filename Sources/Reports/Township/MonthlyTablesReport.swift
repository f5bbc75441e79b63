public import ExchangeRules
internal import Presentation

/// The monthly tables of an office as a report: a row for each number, a column for each table (S12.5).
public struct MonthlyTablesReport: Sendable {
  /// The tables.
  public let tables: MonthlyTables
  /// The version of the definitions that they were counted by.
  public let rules: String

  /// A report of tables.
  public init(_ tables: MonthlyTables, rules: String) {
    self.tables = tables
    self.rules = rules
  }

  /// The report as a file has it.
  ///
  /// - Parameters:
  ///   - language: The language of its words.
  ///   - whose: The name of the office.
  ///   - month: The month.
  ///   - sent: When it was sent, in milliseconds since 1970.
  /// - Returns: The table, with a note where parts do not add up (S11.1).
  public func report(
    in language: Language, of whose: String, _ month: CycleMonth, sent: Int64
  ) -> Report {
    Report(
      language: language,
      title: language.text(
        "\(whose) \(month) 流动人口月报表", "\(whose) \(month): monthly tables of migrants"),
      facts: [
        language.text("规则 \(rules)", "rules \(rules)"),
        language.text("上报 \(ChinaTime.text(sent))", "sent \(ChinaTime.text(sent))"),
      ], table: table(in: language), notes: notes(in: language))
  }

  /// The table alone.
  public func table(in language: Language) -> ReportTable {
    var table = ReportTable(
      [.init(language.word(.what), .text)]
        + MonthlyTable.allCases.map { .init($0.label[language], .number) }, isSummed: false)
    for measure in TableMeasure.allCases {
      table.add(
        [.text(measure.label[language])]
          + MonthlyTable.allCases.map { .number(tables[$0, measure]) })
    }
    return table
  }

  /// What does not add up (S11.1).
  public func notes(in language: Language) -> [String] {
    tables.gaps.map { gap in
      let parts = gap.parts.map { $0.label[language] }.joined(separator: " + ")
      return language.text(
        "⚠ \(gap.table.label[language])：\(parts) 与人数相差 \(gap.missing)（S11.1）",
        "⚠ \(gap.table.label[language]): \(parts) is off the persons by \(gap.missing) (S11.1)")
    }
  }
}

public import ExchangeRules

/// A report that people print, mail or open in a spreadsheet: a value in one language.
///
/// ``ReportFormat`` writes it.
public struct Report: Sendable {
  /// The language of its words.
  public let language: Language
  /// What it is.
  public let title: String
  /// What it is of, as of when, whose, by which rules: a line each.
  public let facts: [String]
  /// The table.
  public let table: ReportTable
  /// What is drawn besides the table.
  public let charts: [any ReportChart]
  /// What the reader is to know, a line each.
  public let notes: [String]

  /// A report of its parts.
  public init(
    language: Language, title: String, facts: [String], table: ReportTable,
    charts: [any ReportChart] = [], notes: [String] = []
  ) {
    self.language = language
    self.title = title
    self.facts = facts
    self.table = table
    self.charts = charts
    self.notes = notes
  }

  /// S11.1: that the parts do not add up, where they do not.
  public var complaint: String? { table.complaint(in: language) }
}

public import ExchangeRules
internal import Presentation

/// A list of late items as a report: what, how late, whose (S10.4, S9.2).
public struct LateReport: Sendable {
  /// A late item.
  public struct Row: Sendable, Hashable {
    /// The item, as people name it.
    public var item: String
    /// What it is about.
    public var category: String
    /// It waits for its feedback; else for its receipt.
    public var owesFeedback: Bool
    /// The last day on which it was in time.
    public var due: CivilDate
    /// By how many days it is late.
    public var daysLate: Int
    /// Who holds it.
    public var holder: String
    /// Who answers for it; empty: the office.
    public var responsible: String
    /// To what it has risen, or why it is this person.
    public var ground: String
    /// What else is to be said.
    public var note: String

    /// A late item.
    public init(
      item: String, category: String, owesFeedback: Bool, due: CivilDate, daysLate: Int,
      holder: String, responsible: String, ground: String, note: String = ""
    ) {
      self.item = item
      self.category = category
      self.owesFeedback = owesFeedback
      self.due = due
      self.daysLate = daysLate
      self.holder = holder
      self.responsible = responsible
      self.ground = ground
      self.note = note
    }
  }

  /// The items.
  public let rows: [Row]
  /// What ``Row/ground`` says.
  public let groundHeading: BilingualText

  /// A list of items.
  public init(_ rows: [Row], ground groundHeading: BilingualText) {
    self.rows = rows
    self.groundHeading = groundHeading
  }

  /// The list as a file has it.
  ///
  /// - Parameters:
  ///   - language: The language of its words.
  ///   - title: What it is.
  ///   - facts: As of when, by whom: a line each.
  ///   - notes: What the reader is to know.
  /// - Returns: The table.
  public func report(
    in language: Language, title: String, facts: [String], notes: [String] = []
  ) -> Report {
    Report(
      language: language, title: title, facts: facts, table: table(in: language), notes: notes)
  }

  /// The table alone.
  public func table(in language: Language) -> ReportTable {
    var table = ReportTable(
      [
        .init(language.word(.item), .identity), .init(language.word(.category), .text),
        .init(language.text("待办", "owes"), .text), .init(language.word(.due), .date),
        .init(language.text("逾期天数", "days late"), .number),
        .init(language.text("承办单位", "held by"), .text),
        .init(language.text("责任人", "responsible"), .text), .init(groundHeading[language], .text),
        .init(language.word(.note), .text),
      ], isSummed: false)
    for row in rows {
      table.add([
        .identity(row.item), .text(row.category),
        .text(
          row.owesFeedback
            ? language.text("反馈", "feedback") : language.text("接收", "receipt")),
        .date(row.due), .number(row.daysLate), .text(row.holder), .text(row.responsible),
        .text(row.ground), .text(row.note),
      ])
    }
    return table
  }
}

package import ExchangeRules
package import Presentation
package import Reports

/// The figures of a cycle: a row for each division, what was exchanged and how it was answered.
package struct FiguresView: Sendable {
  package let cycle: SubmissionCycle
  package private(set) var rows: [Row]
  /// The division that the rows are parts of, as it was counted by itself; nil: it is the one row.
  package var whole: Row?

  package init(cycle: SubmissionCycle, rows: [Row], whole: Row? = nil) {
    self.cycle = cycle
    self.rows = rows
    self.whole = whole
  }

  /// A division with its figures.
  package struct Row: Sendable {
    package let division: DivisionCode
    package let figures: CycleFigures
    /// What each figure counts; nil: not asked for.
    var identities: CountedIdentities<[UInt8]>?

    package init(_ division: DivisionCode, _ figures: CycleFigures) {
      self.division = division
      self.figures = figures
    }

    fileprivate var part: FiguresReport.Part {
      .init(division, name: DivisionText.short("\(division)"), figures)
    }
  }

  /// Counts the items of each figure again, from the items themselves.
  package mutating func count(_ items: [IdentifiedItem], at level: DivisionLevel?) {
    var counted: [DivisionCode: CountedIdentities<[UInt8]>] = [:]
    for row in rows {
      counted[row.division] = CountedIdentities(cycle, asOf: row.figures.asOf)
    }
    let level = level ?? rows.first.map { FigureDivision.level(of: $0.division) } ?? .county
    for item in items { CountedIdentities.count(item.id, item.item, at: level, in: &counted) }
    for place in rows.indices { rows[place].identities = counted[rows[place].division] }
  }

  /// The figures as a report.
  package var report: FiguresReport {
    FiguresReport(cycle: cycle, parts: rows.map(\.part), whole: whole?.part)
  }

  package func page(in language: Language) -> Page {
    var page = Page()
    for row in rows { page.add(value: Line(row)) }
    let report = report
    page.add(heading: report.period(in: language))
    let table = report.table(in: language)
    page.add(table.text(of: FiguresView.columns(FiguresView.exchange, true), in: language))
    page.addGap()
    page.add(table.text(of: FiguresView.columns(FiguresView.answers, false), in: language))
    if let complaint = table.complaint(in: language) { page.add(notes: [complaint]) }
    for row in rows { add(row, to: &page, language) }
    return page
  }

  private static let exchange: [FigureMeasure] = [
    .submitted, .asked, .receivedInCycle, .feedbackRequired, .fedBackInCycle,
  ]
  private static let answers: [FigureMeasure] = [
    .feedbackRequired, .inTime, .lateDone, .neverDone, .open, .notFound, .substantiated,
  ]

  private static func columns(_ measures: [FigureMeasure], _ withRate: Bool) -> [Int] {
    FiguresReport.nameColumns + measures.map(FiguresReport.column)
      + (withRate ? FiguresReport.rateColumns : [])
  }

  /// What each figure counts, item by item.
  private func add(_ row: Row, to page: inout Page, _ language: Language) {
    guard let identities = row.identities else { return }
    page.addGap()
    page.add(heading: DivisionText.text("\(row.division)"))
    var table = TextTable([
      .init(language.word(.what)), .init(language.word(.rule)),
      .init(language.word(.value), alignsRight: true, isWhole: true), .init(language.word(.item)),
    ])
    for measure in FigureMeasure.allCases {
      let items = identities.items[measure] ?? []
      table.add([
        measure.label[language], measure.rule, "\(row.figures[measure])",
        items.map(ItemName.short).joined(separator: " "),
      ])
    }
    page.add(table)
    if identities.figures != row.figures {
      page.add(notes: [
        language.text(
          "数字与信息之间已有变动，请重新查询",
          "something has happened between the figures and the items; ask again")
      ])
    }
  }

  private struct Line: Encodable {
    let row: Row

    init(_ row: Row) { self.row = row }

    private enum Key: String, CodingKey {
      case division, cycle, asOf, feedbackRate, belowLine, noSubmission, items
      case submitted, asked, feedbackRequired, receivedInCycle, fedBackInCycle, inTime, lateDone
      case neverDone, open, notFound, substantiated
    }

    func encode(to encoder: any Encoder) throws {
      let figures = row.figures
      var line = encoder.container(keyedBy: Key.self)
      try line.encode("\(row.division)", forKey: .division)
      try line.encode("\(figures.cycle)", forKey: .cycle)
      try line.encode("\(figures.asOf)", forKey: .asOf)
      for measure in FigureMeasure.allCases {
        guard let key = Key(rawValue: measure.word) else { continue }
        try line.encode(figures[measure], forKey: key)
      }
      try line.encode(figures.rate.share, forKey: .feedbackRate)
      try line.encode(figures.isBelowLine, forKey: .belowLine)
      try line.encode(figures.hasNoSubmission, forKey: .noSubmission)
      guard let items = row.identities?.items else { return }
      let named = items.map { ($0.word, $1.map(ItemName.full)) }
      try line.encode(Dictionary(uniqueKeysWithValues: named), forKey: .items)
    }
  }
}

import ExchangeRules
import Operator
import Presentation

/// The figures of a cycle: a row for each division, what was exchanged and how it was answered.
struct FiguresView {
  let cycle: SubmissionCycle
  var rows: [Row]

  /// A division with its figures.
  struct Row {
    let division: DivisionCode
    let figures: CycleFigures
    /// What each figure counts; nil: not asked for.
    var identities: CountedIdentities<[UInt8]>?

    init(_ division: DivisionCode, _ figures: CycleFigures) {
      self.division = division
      self.figures = figures
    }
  }

  /// Counts the items of each figure again, from the items themselves.
  mutating func count(_ items: [IdentifiedItem], at level: DivisionLevel?) {
    var counted: [DivisionCode: CountedIdentities<[UInt8]>] = [:]
    for row in rows {
      counted[row.division] = CountedIdentities(cycle, asOf: row.figures.asOf)
    }
    let level = level ?? rows.first.map { FigureDivision.level(of: $0.division) } ?? .county
    for item in items { CountedIdentities.count(item.id, item.item, at: level, in: &counted) }
    for place in rows.indices { rows[place].identities = counted[rows[place].division] }
  }

  func page(in language: Language) -> Page {
    var page = Page()
    for row in rows { page.add(value: Line(row)) }
    let days = "\(cycle.first) … \(cycle.last)"
    let closing = cycle.receiptCycle.last
    let asOf = rows.first.map { "\($0.figures.asOf)" } ?? ""
    page.add(
      heading: language.text(
        "\(cycle) 周期（提交 \(days)，接收反馈至 \(closing)），统计截至 \(asOf)",
        "cycle \(cycle) (submitted \(days), received and fed back through \(closing)), as of \(asOf)"
      ))
    page.add(exchangeTable(language))
    page.addGap()
    page.add(answerTable(language))
    for row in rows { add(row, to: &page, language) }
    return page
  }

  private static let exchange: [FigureMeasure] = [
    .submitted, .asked, .receivedInCycle, .feedbackRequired, .fedBackInCycle,
  ]
  private static let answers: [FigureMeasure] = [
    .feedbackRequired, .inTime, .lateDone, .neverDone, .open, .notFound, .substantiated,
  ]

  private func columns(_ measures: [FigureMeasure], _ language: Language) -> [TextTable.Column] {
    [.init(language.word(.division))]
      + measures.map { .init($0.label[language], alignsRight: true, isWhole: true) }
  }

  private func cells(of row: Row, _ measures: [FigureMeasure]) -> [String] {
    ["\(row.division) \(DivisionText.short("\(row.division)"))"]
      + measures.map { "\(row.figures[$0])" }
  }

  private func exchangeTable(_ language: Language) -> TextTable {
    var table = TextTable(
      columns(FiguresView.exchange, language) + [
        .init(language.text("反馈率", "rate"), alignsRight: true, isWhole: true),
        .init(language.word(.note)),
      ])
    for row in rows {
      table.add(
        cells(of: row, FiguresView.exchange) + [
          FiguresView.text(of: row.figures.rate), notes(on: row.figures, language),
        ])
    }
    return table
  }

  private func answerTable(_ language: Language) -> TextTable {
    var table = TextTable(columns(FiguresView.answers, language))
    for row in rows { table.add(cells(of: row, FiguresView.answers)) }
    return table
  }

  /// A rate as people read it; a dash where nothing was asked (S6.1).
  static func text(of rate: FeedbackRate) -> String {
    rate.permille.map { "\($0 / 10).\($0 % 10)%" } ?? "—"
  }

  private func notes(on figures: CycleFigures, _ language: Language) -> String {
    var notes: [String] = []
    if figures.isBelowLine {
      let line = "\(FeedbackRate.requiredPercent)%"
      notes.append(language.text("低于\(line)（S6.1）", "below \(line) (S6.1)"))
    }
    if figures.hasNoSubmission {
      notes.append(language.text("无提交（S6.2）", "no submission (S6.2)"))
    }
    return notes.joined(separator: "; ")
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

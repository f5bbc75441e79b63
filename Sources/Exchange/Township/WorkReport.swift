internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// The work of each division of a level in a cycle, within an office (S10.1, S10.2, S10.5, S10.7).
struct WorkReport {
  let node: Node
  let question: OfficeQuestion

  /// A line for every division that works here, also one with nothing to count: that is what is to be
  /// seen.
  func lines(by level: DivisionLevel) async throws -> [WorkLine] {
    let (question, asked) = (question, question.figures)
    let signIns = SignIns(in: asked.cycle.month, at: node)
    return try await node.ledger.read { ledger in
      var work = try WorkReport.figures(of: asked, at: level, in: ledger)
      try WorkReport.add(question, at: level, to: &work, in: ledger)
      let here = try signIns.here(within: asked.digits, in: ledger)
      return try work.sorted { $0.key < $1.key }.map { division, figures in
        var line = WorkLine(figures, of: division)
        line.operators = try here["\(division)"] ?? signIns.told(by: division, in: ledger)
        return line
      }
    }
  }

  /// The divisions of a level that work here: those with an account, and those that ever counted.
  static func divisions(
    at level: DivisionLevel, within asked: FigureQuestion, in ledger: LedgerReader
  ) throws -> Set<DivisionCode> {
    var divisions = try ledger.countedDivisions(at: level, within: asked.digits)
    if level == FigureDivision.level(of: asked.of) { divisions.insert(asked.of) }
    var last = ""
    while true {
      let page = try ledger.accounts(under: asked.digits, after: last)
      for account in page where account.disabled == 0 {
        if let division = FigureDivision.division(of: account.division, at: level) {
          divisions.insert(division)
        }
      }
      guard let end = page.last?.name else { return divisions }
      last = end
    }
  }

  private static func figures(
    of asked: FigureQuestion, at level: DivisionLevel, in ledger: LedgerReader
  ) throws -> [DivisionCode: WorkFigures] {
    let figures = try ledger.figures(
      of: asked.cycle, at: level, within: asked.digits, asOf: asked.asOf)
    return Dictionary(
      uniqueKeysWithValues: try divisions(at: level, within: asked, in: ledger).map {
        ($0, WorkFigures(figures[$0] ?? CycleFigures(asked.cycle, asOf: asked.asOf)))
      })
  }

  /// Counts what the figures of a cycle do not: item by item.
  private static func add(
    _ question: OfficeQuestion, at level: DivisionLevel,
    to work: inout [DivisionCode: WorkFigures], in ledger: LedgerReader
  ) throws {
    func change(_ place: String, _ body: (inout WorkFigures) -> Void) {
      guard let division = FigureDivision.division(of: place, at: level) else { return }
      guard var figures = work[division] else { return }
      body(&figures)
      work[division] = figures
    }
    try question.forEachItem(.asked, in: ledger) { item, counted in
      if !item.assignedTo.isEmpty {
        change(counted.askedPlace) { $0.addSplit(isAnswered: counted.answered != nil) }
      }
      if counted.answered != nil, let check = try ledger.spotCheck(of: item.id) {
        change(counted.askedPlace) { $0.add(check.outcome) }
      }
    }
    try question.forEachItem(.asking, in: ledger) { item, counted in
      guard counted.answered != nil else { return }
      change(counted.askingPlace) { $0.addAnswer(isClosed: item.times.closed != 0) }
    }
  }
}

extension WorkLine {
  fileprivate init(_ work: WorkFigures, of division: DivisionCode) {
    self.init()
    figures = DivisionFigures(work.figures, of: division)
    split = UInt64(clamping: work.split)
    cameBack = UInt64(clamping: work.cameBack)
    answersGot = UInt64(clamping: work.answersGot)
    answersUsed = UInt64(clamping: work.answersUsed)
    checked = UInt64(clamping: work.checked)
    confirmed = UInt64(clamping: work.confirmed)
  }
}

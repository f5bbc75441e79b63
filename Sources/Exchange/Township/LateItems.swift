internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC

/// The items that an office is late with, each with who answers for it (S9.2).
struct LateItems {
  let node: Node
  let question: OfficeQuestion

  /// Writes them, the longest late first; the question leaves a trace (G2).
  func write(to replies: MessageWriter<LateLine>, for caller: Caller) async throws {
    let asked = question.figures
    try await Tracing(node: node).read(lateItemsOf: asked.of, by: caller)
    let operators = try await node.ledger.read { ledger in
      try Operators.dedicated(within: question.county.prefix, in: ledger).mapValues(\.name)
    }
    let query = ItemQuery(
      .waiting, dueBefore: node.today.yyyymmdd, reach: .digits(asked.digits))
    for try await page in node.ledger.pages(of: query) {
      let lines = try await node.ledger.read { ledger in
        try page.compactMap { try line(of: $0.item, operators, in: ledger) }
      }
      for line in lines { try await replies.write(line) }
    }
  }

  private func line(
    of item: StoredItem, _ operators: [DivisionCode: String], in ledger: LedgerReader
  ) throws -> LateLine? {
    let holder = DivisionCode(item.assignedTo) ?? DivisionCode(item.to)
    guard item.to == "\(question.county)", let holder, question.figures.of.contains(holder),
      let due = CivilDate(yyyymmdd: item.due)
    else { return nil }
    let acts = try ledger.events(of: item.id).compactMap { event -> ResponsiblePerson.Act? in
      guard let division = DivisionCode(event.actor.division), question.county.contains(division),
        // What a node does by itself is nobody's doing.
        event.actor.account != NodeIdentity.account(of: event.actor.division)
      else { return nil }
      return .init(account: event.actor.account, division: division)
    }
    var line = LateLine()
    line.item = item.id.bytes
    line.kind = item.kind
    line.category = item.category
    line.feedback = item.need == .feedback
    line.due = item.due
    line.daysLate = UInt32(clamping: due.days(until: node.today))
    line.holder = "\(holder)"
    let person = ResponsiblePerson.find(holder: holder, acts: acts, operators: operators)
    line.responsible = person?.account ?? ""
    line.actedLast = person?.ground == .lastActor
    return line
  }
}

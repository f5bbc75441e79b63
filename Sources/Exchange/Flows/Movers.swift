internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// The persons of the register with their moves, each once (S12.3, S13.1).
struct Movers {
  let node: Node

  /// Persons read in one question to the ledger.
  private static let pagePersons = 500

  /// Hands out everybody, page by page.
  func handOut(to body: (FlowCounts.Mover) -> Void) async throws {
    var last = LedgerPlace.start
    while true {
      let after = last
      let (end, movers) = try await node.ledger.read { ledger in
        let page = try ledger.persons(after: after, limit: Movers.pagePersons)
        return (page.last?.place, try page.compactMap { try Movers.mover($0.card, in: ledger) })
      }
      guard let end else { return }
      last = end
      for mover in movers { body(mover) }
    }
  }

  /// A person; nil for one who counts under another.
  private static func mover(
    _ card: RecordVersion, in ledger: LedgerReader
  ) throws -> FlowCounts.Mover? {
    let entry = try RegisterEntry(card)
    guard try ledger.leadingKey(of: entry.key) == entry.key else { return nil }
    let subject = entry.subject
    var mover = FlowCounts.Mover(
      household: subject.household?.code ?? "", residence: subject.residence?.code ?? "",
      sex: subject.sex, birth: CivilDate(yyyymmdd: subject.birthDate), education: "", moves: [])
    for record in try ledger.records(of: entry.key) where record.category != PersonCard.category {
      switch try Record(decoding: record.body).kind {
      case .basic(let basic): mover.education = basic.education
      case .inflow(let inflow):
        CivilDate(yyyymmdd: inflow.inflowDate).map { mover.moves.append($0) }
      case .outflow(let outflow):
        CivilDate(yyyymmdd: outflow.outflowDate).map { mover.moves.append($0) }
      default: continue
      }
    }
    return mover
  }
}

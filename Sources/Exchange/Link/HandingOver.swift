internal import ExchangeRules
internal import Ledger

extension Node {
  /// Items looked at in one commit.
  private static let deliveredAtOnce = 256

  /// Says of the items that were passed on to this county that they are here, where that waited: a
  /// store that was put back hears first of what it had said already.
  func deliverWaiting() async throws {
    guard identity.kind == .county else { return }
    var last = LedgerPlace.start
    while true {
      let after = last
      let page = try await ledger.read { ledger in
        try ledger.awaited().contains { name in self.uplinks.contains { "\($0)" == name } }
          ? [] : try ledger.items(in: .relayed, after: after, limit: Node.deliveredAtOnce)
      }
      guard let end = page.last?.place else { return }
      last = end
      let (now, ids) = (now(), page.map(\.item.id))
      let told = try await ledger.commit { ledger in
        let book = try self.book(ledger)
        return try ids.reduce(into: Set<String>()) { told, id in
          guard try self.isPassedOn(id, in: ledger),
            case .recorded(let more) = try book.record(
              self.identity.delivered(id, now: now), from: .here, now: now, in: ledger)
          else { return }
          told.formUnion(more)
        }
      }
      signals.raise(told)
    }
  }

  /// Whether the node above has passed an item on, and nothing has come of it yet.
  private func isPassedOn(_ id: LedgerID, in ledger: LedgerReader) throws -> Bool {
    guard try ledger.item(id)?.state == .relayed else { return false }
    return try ledger.events(of: id).contains { event in
      event.kind == .relayed && uplinks.contains { "\($0)" == event.actor.division }
    }
  }
}

internal import ExchangeRules
internal import Ledger
internal import Logging

/// What a neighbour is told that has nothing of this node's outbox yet: a node that was registered
/// after its items came, or one that has lost its store.
extension Node {
  /// Puts the whole life of every item that concerns the neighbour into its outbox, and relays what
  /// waited for it. What it has already it knows by its identity.
  func catchUp(_ peer: String) async throws {
    guard let code = DivisionCode(peer) else { return }
    let now = now()
    for try await page in ledger.pages(of: ItemQuery(.all)) {
      let told = try await ledger.commit { ledger -> Set<String> in
        let book = try self.book(ledger)
        var told: Set<String> = []
        for listed in page {
          told.formUnion(try book.catchUp(code, listed.item, now: now, in: ledger))
        }
        return told
      }
      signals.raise(told)
    }
  }
}

extension EventBook {
  func catchUp(
    _ peer: DivisionCode, _ item: StoredItem, now: Int64, in ledger: LedgerTransaction
  ) throws -> Set<String> {
    if try isToBeRelayed(item, to: peer, in: ledger) {
      let relayed = StoredEvent(
        id: LedgerID(version7At: now), item: item.id, kind: .relayed, at: now,
        actor: identity.actor)
      guard case .recorded(let told) = try record(relayed, origin: nil, now: now, in: ledger) else {
        return []
      }
      return told
    }
    guard distribution.concerns(peer, item) else { return [] }
    try ledger.append(historyOf: item.id, toOutboxOf: "\(peer)")
    return ["\(peer)"]
  }

  /// Whether an item has waited here for this neighbour: another province may have passed it on, this
  /// one has not.
  private func isToBeRelayed(
    _ item: StoredItem, to peer: DivisionCode, in ledger: LedgerReader
  ) throws -> Bool {
    guard identity.kind == .province, distribution.neighbour(towards: item.to) == "\(peer)" else {
      return false
    }
    switch item.state {
    case .submitted: return true
    case .relayed:
      return try !ledger.events(of: item.id).contains {
        $0.kind == .relayed && $0.actor.division == "\(identity.division)"
      }
    default: return false
    }
  }
}

internal import ExchangeProtos
internal import Ledger
internal import Logging

/// What one side of a link has set aside of the other's events is told to the other, for whoever waits
/// for it there.
extension LinkSession {
  /// What this side has set aside: said anew whenever a link opens, so that the other side's list is
  /// true.
  func objections(toOutbox outbox: String) async throws -> [LinkObjection] {
    let peer = peer
    return try await node.ledger.read { ledger in
      try ledger.setAside(of: peer, limit: LinkSession.batchEvents)
        .filter { $0.cursor.outbox == outbox }.map(LinkObjection.init)
    }
  }

  /// Keeps what the other side has set aside of what was sent to it.
  func keep(_ objections: [LinkObjection]) async throws {
    let (peer, now) = (peer, node.now())
    try await node.ledger.commit { ledger in
      let outbox = try ledger.outboxIdentity()
      for objection in objections {
        try ledger.keep(
          objection: QuarantinedEvent(
            peer: peer, cursor: InboxCursor(outbox: outbox, sequence: objection.sequence),
            event: LedgerID(objection.eventId), item: LedgerID(objection.itemId), at: now,
            reason: objection.reason, field: objection.field, text: objection.text))
      }
    }
    node.log(
      .error, "a neighbour has set aside what it was told: see xiecha-admin quarantine objections",
      of: peer, ["events": "\(objections.count)", "reason": "\(objections[0].reason)"])
  }
}

extension LinkObjection {
  init(_ event: QuarantinedEvent) {
    self.init()
    eventId = event.event?.bytes ?? []
    itemId = event.item?.bytes ?? []
    sequence = event.cursor.sequence
    reason = event.reason
    field = event.field
    text = event.text
  }
}

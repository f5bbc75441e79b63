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
        .filter { $0.cursor.outbox == outbox }.map { LinkObjection($0) }
    }
  }

  /// Those of the objections that still stand: what another neighbour has brought meanwhile may have
  /// made room for the event, and the other side has been told that.
  func standing(_ objections: [LinkObjection]) async throws -> [LinkObjection] {
    if objections.isEmpty { return [] }
    let peer = peer
    return try await node.ledger.read { ledger in
      try objections.filter { objection in
        try ledger.setAside(of: peer, at: objection.sequence).contains { $0.dismissal.at == 0 }
      }
    }
  }

  /// Keeps what the other side has set aside of what was sent to it; of an objection that has fallen,
  /// nothing.
  func keep(_ objections: [LinkObjection]) async throws {
    let (peer, now) = (peer, node.now())
    try await node.ledger.commit { ledger in
      let outbox = try ledger.outboxIdentity()
      for objection in objections {
        let cursor = InboxCursor(outbox: outbox, sequence: objection.sequence)
        if objection.settled {
          try ledger.withdrawObjection(of: peer, at: cursor)
          continue
        }
        try ledger.keep(
          objection: QuarantinedEvent(
            peer: peer, cursor: cursor, event: LedgerID(objection.eventId),
            item: LedgerID(objection.itemId), at: now, reason: objection.reason,
            field: objection.field, text: objection.text))
      }
      try ledger.pruneObjections(of: peer, to: outbox)
    }
    let standing = objections.filter { !$0.settled }
    guard let first = standing.first else { return }
    node.log(
      .error, "a neighbour has set aside what it was told: see xiecha-admin quarantine objections",
      of: peer, ["events": "\(standing.count)", "reason": "\(first.reason)"])
  }

  /// The other side has told a store everything: if it is this one, which was put back, it waits for
  /// that no longer.
  func hear(_ told: LinkTold) async throws {
    let peer = peer
    let isAwaited = try await node.ledger.read { ledger in
      try ledger.outboxIdentity() == told.store && ledger.awaited().contains(peer)
    }
    guard isAwaited else { return }
    let left = try await node.ledger.commit { ledger in
      try ledger.hasTold(peer)
      return try ledger.awaited().count
    }
    node.log(
      .notice, "a neighbour has told everything that this store lost", of: peer,
      ["neighboursAwaited": "\(left)"])
    try await node.deliverWaiting()
  }
}

extension LinkObjection {
  /// What the other side is told of something that was set aside.
  init(_ event: QuarantinedEvent, isSettled: Bool = false) {
    self.init()
    settled = isSettled
    eventId = event.event?.bytes ?? []
    itemId = event.item?.bytes ?? []
    sequence = event.cursor.sequence
    reason = event.reason
    field = event.field
    text = event.text
  }
}

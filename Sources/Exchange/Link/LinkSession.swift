internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import Logging
internal import RPC
internal import Wire

/// One side of the link between two nodes; both sides run the same code.
///
/// Each sends its `Hello`, then what its outbox holds after the other's cursor, in order; and an
/// `Ack` when its own commit of what came is on disk. So nothing is lost by a cut, and what comes
/// twice is known by its identity.
struct LinkSession {
  let node: Node
  let division: DivisionCode
  let incoming: MessageStream<LinkFrame>
  let outgoing: MessageWriter<LinkFrame>

  /// Events sent ahead of the other side's acknowledgement, and taken into one commit.
  static let batchEvents = 256

  private var peer: String { "\(division)" }

  /// Runs until the link ends.
  func run() async throws {
    let signals = node.signals.listen(peer)
    try await outgoing.write(try await hello())
    guard case .hello(let theirs)? = try await incoming.next()?.frame else {
      throw CallFailure(
        .invalidArgument, .helloExpected, field: "frame", "the first frame of a link is hello")
    }
    guard theirs.division == peer else {
      throw CallFailure(
        .permissionDenied, .wrongDivision, field: "hello.division",
        "signed in as \(peer), spoke as \(theirs.division)")
    }
    node.log(.info, "link open", of: peer)
    try await meet(theirs)
    let catchUp = LinkCatchUp(node, division)
    let pending = PendingAck()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await send(after: theirs, signals, pending, catchUp) }
      group.addTask { try await receive(from: theirs.outbox, pending, catchUp) }
      // Whichever side of the link ends first ends the other.
      try await group.next()
      group.cancelAll()
    }
  }

  private func hello() async throws -> LinkFrame {
    let peer = peer
    let (outbox, cursor) = try await node.ledger.read { ledger in
      (try ledger.outboxIdentity(), try ledger.inboxCursor(of: peer))
    }
    var hello = LinkHello()
    hello.division = "\(node.identity.division)"
    hello.outbox = outbox
    hello.inboxOf = cursor?.outbox ?? ""
    hello.resumeAfter = cursor?.sequence ?? 0
    return LinkFrame.of(.hello(hello))
  }

  /// Notes which store the other side has, and what is on its disk: an acknowledgement may have been
  /// lost by a cut.
  private func meet(_ theirs: LinkHello) async throws {
    let peer = peer
    do {
      let isNew = try await node.ledger.commit { ledger in
        if theirs.inboxOf == (try ledger.outboxIdentity()) {
          try ledger.acknowledge(theirs.resumeAfter, by: peer)
        }
        return try ledger.meet(peer, store: theirs.outbox, inboxOf: theirs.inboxOf)
      }
      if isNew { node.log(.notice, "a new store is told everything", of: peer) }
    } catch {
      if (error as? LedgerFailure)?.reason == .sequence {
        node.log(
          .error,
          """
          a neighbour has more than was ever sent to it: if this store was put back from a copy, \
          stop the node and go on from what xiecha-admin backup makes of it
          """, of: peer)
      }
      throw CallFailure(ledger: error)
    }
  }

  // MARK: Sending

  private func send(
    after theirs: LinkHello, _ signals: AsyncStream<Void>, _ pending: PendingAck,
    _ catchUp: LinkCatchUp
  ) async throws {
    let peer = peer
    let own = try await node.ledger.read { try $0.outboxIdentity() }
    var last = theirs.inboxOf == own ? theirs.resumeAfter : 0
    var waiting = signals.makeAsyncIterator()
    while true {
      let after = last
      let page = try await node.ledger.read {
        try $0.outbox(for: peer, after: after, limit: LinkSession.batchEvents)
      }
      var frames: [LinkFrame] = []
      frames.reserveCapacity(page.count + 1)
      if let sequence = pending.take() {
        var ack = LinkAck()
        ack.sequence = sequence
        frames.append(LinkFrame.of(.ack(ack)))
      }
      for entry in page {
        var event = LinkEvent()
        event.sequence = entry.sequence
        event.event = entry.event.bytes
        frames.append(LinkFrame.of(.event(event)))
        last = entry.sequence
      }
      try await outgoing.write(contentsOf: frames)
      guard page.isEmpty, try await !catchUp.advance() else { continue }
      if await waiting.next() == nil { return }
    }
  }

  // MARK: Receiving

  private func receive(
    from outbox: String, _ pending: PendingAck, _ catchUp: LinkCatchUp
  ) async throws {
    let held = HeldAck(node.ledger, peer: peer, booked: catchUp.acknowledged)
    while true {
      let batch = try await incoming.nextBatch(upTo: LinkSession.batchEvents)
      if batch.isEmpty { return }
      var events: [LinkEvent] = []
      for frame in batch {
        switch frame.frame {
        case .event(let event): events.append(event)
        case .ack(let ack): try held.put(ack.sequence)
        case .hello, nil:
          throw CallFailure(
            .invalidArgument, .frameNotExpected, field: "frame",
            "after hello a link carries events and acknowledgements")
        }
      }
      guard let last = events.last else { continue }
      let told = try await take(events, from: outbox, acknowledged: held.take())
      pending.put(last.sequence)
      node.signals.raise(told.union([peer]))
    }
  }

  /// Stores what came, in one commit with the cursor and with what the other side has on its disk;
  /// what is refused for good is set aside with its reason, and the link goes on.
  ///
  /// Gives the neighbours that have something to take.
  private func take(
    _ events: [LinkEvent], from outbox: String, acknowledged: UInt64?
  ) async throws -> Set<String> {
    let (node, division, peer, now) = (node, division, peer, node.now())
    let (told, dropped) = try await node.ledger.commit { ledger -> (Set<String>, Int) in
      if let acknowledged { try ledger.acknowledge(acknowledged, by: peer) }
      let book = try node.book(ledger)
      var told: Set<String> = []
      var dropped = 0
      var reached = try ledger.inboxCursor(of: peer)
      for event in events {
        let cursor = InboxCursor(outbox: outbox, sequence: event.sequence)
        guard cursor.isPast(reached) else { continue }
        reached = cursor
        do throws(CallFailure) {
          told.formUnion(try book.take(event.event, from: division, now: now, in: ledger))
        } catch {
          try LinkSession.setAside(event, cursor, from: peer, error, now: now, in: ledger)
          dropped += try ledger.pruneQuarantine(of: peer)
        }
      }
      if let reached { try ledger.moveInboxCursor(of: peer, to: reached) }
      return (told, dropped)
    }
    if dropped > 0 {
      node.log(
        .error, "too many events of a neighbour are set aside: the oldest were dropped", of: peer)
    }
    return told
  }

  private static func setAside(
    _ event: LinkEvent, _ cursor: InboxCursor, from peer: String, _ failure: CallFailure,
    now: Int64, in ledger: LedgerTransaction
  ) throws {
    // The store's own trouble is not the event's fault: the batch is tried again.
    if failure.isTroubleOfTheStore { throw failure }
    let message = try? ItemEvent(decoding: event.event)
    _ = try ledger.quarantine(
      QuarantinedEvent(
        peer: peer, cursor: cursor, event: LedgerID(message?.id ?? []),
        item: LedgerID(message?.itemId ?? []), at: now, reason: failure.reason,
        field: failure.field, text: failure.text, body: event.event))
  }
}

extension LinkFrame {
  fileprivate static func of(_ frame: LinkFrame.Frame) -> LinkFrame {
    var message = LinkFrame()
    message.frame = frame
    return message
  }
}

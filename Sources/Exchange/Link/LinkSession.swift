internal import Credentials
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

  var peer: String { "\(division)" }

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
    let agreement = try agree(with: LinkTerms(theirs))
    node.log(.info, "link open", of: peer)
    // Told, and above 0, it is no farther from any clock than a number can say.
    let said = NeighbourHello(
      at: node.now(), ahead: theirs.now > 0 ? theirs.now - node.now() : 0,
      program: theirs.program)
    compareClocks(said)
    try await meet(theirs, said)
    let toldPages = try await comparePast(theirs)
    let catchUp = LinkCatchUp(node, division)
    let pending = PendingAck()
    pending.put(try await objections(toOutbox: theirs.outbox))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await send(after: theirs, agreement, toldPages, signals, pending, catchUp)
      }
      group.addTask { try await receive(from: theirs.outbox, pending, catchUp) }
      // Whichever side of the link ends first ends the other.
      try await group.next()
      group.cancelAll()
    }
  }

  private func hello() async throws -> LinkFrame {
    let peer = peer
    let (outbox, cursor, log, letters) = try await node.ledger.read { ledger in
      (
        try ledger.outboxIdentity(), try ledger.inboxCursor(of: peer),
        try ledger.neighbourLog(of: peer).log, try ledger.letterCursor(of: peer)
      )
    }
    let now = node.now()
    var hello = LinkHello()
    hello.division = "\(node.identity.division)"
    hello.outbox = outbox
    hello.inboxOf = cursor?.outbox ?? ""
    hello.resumeAfter = cursor?.sequence ?? 0
    hello.inboxHead = cursor?.head ?? []
    hello.now = now
    hello.program = node.program
    hello.lettersOf = letters?.store ?? ""
    hello.lettersAfter = letters?.sequence ?? 0
    hello.lettersHead = letters?.head ?? []
    if log.count > 0 {
      hello.logPages = UInt64(clamping: log.count)
      hello.logRoot = log.root
    }
    LinkTerms.own.say(in: &hello)
    return LinkFrame.of(.hello(hello))
  }

  /// What the two sides speak; a side that is too old for the other is named with the remedy.
  private func agree(with theirs: LinkTerms) throws(CallFailure) -> LinkAgreement {
    if let agreement = LinkTerms.own.agreed(with: theirs) { return agreement }
    let refusal = LinkTerms.own.refusal(of: theirs, own: "\(node.identity.division)", peer: peer)
    node.log(
      .error, "a link has no version in common with a neighbour's program", of: peer,
      ["text": "\(refusal.text)"])
    throw refusal
  }

  /// Notes which store the other side has, and what is on its disk: an acknowledgement may have been
  /// lost by a cut.
  private func meet(_ theirs: LinkHello, _ said: NeighbourHello) async throws {
    let (peer, now) = (peer, node.now())
    let isNew: Bool?
    do {
      isNew = try await node.ledger.commit { ledger -> Bool? in
        if theirs.inboxOf == (try ledger.outboxIdentity()) {
          guard try ledger.hasGivenOut(theirs.resumeAfter, theirs.inboxHead, to: peer) else {
            // A node above is believed; one below could make this one tell everything again for ever.
            guard node.uplinks.contains(division) else { throw LinkSession.otherPast(of: peer) }
            try ledger.putBack(from: 0, at: now)
            return nil
          }
          try ledger.acknowledge(theirs.resumeAfter, by: peer)
        }
        try ledger.removeObjections(of: peer)
        let isNew = try ledger.meet(peer, store: theirs.outbox, inboxOf: theirs.inboxOf)
        try ledger.note(said, of: peer)
        return isNew
      }
    } catch {
      if (error as? LedgerFailure)?.reason == .sequence {
        node.log(
          .error,
          """
          a neighbour below has what this store never sent: if the store was put back from a copy \
          by hand, stop the node and put it back with xiecha-admin restore
          """, of: peer)
      }
      throw CallFailure(ledger: error)
    }
    guard let isNew else {
      node.log(
        .error,
        """
        a neighbour has what this store never sent: the store was put back from a copy; it goes on \
        as a new one, and the neighbours tell it everything again
        """, of: peer)
      // The others are to hear of the new store too, in a new hello.
      node.signals.endLinks()
      throw CallFailure(
        .aborted, .otherPast, field: "hello.inbox_head",
        "this store was put back from a copy and goes on as a new one; dial again")
    }
    if isNew { node.log(.notice, "a new store is told everything", of: peer) }
  }

  private static func otherPast(of peer: String) -> LedgerFailure {
    LedgerFailure(.sequence, "\(peer) has more than was sent to it, or something else")
  }

  /// Two clocks that differ give one event two days: whoever looks after the nodes is told.
  private func compareClocks(_ said: NeighbourHello) {
    guard said.isClockWrong else { return }
    node.log(
      .warning, "a neighbour's clock differs from this node's; set the one that is wrong", of: peer,
      ["aheadMilliseconds": "\(said.ahead)"])
  }

  // MARK: Sending

  private func send(
    after theirs: LinkHello, _ agreement: LinkAgreement, _ toldPages: Int64,
    _ signals: AsyncStream<Void>, _ pending: PendingAck, _ catchUp: LinkCatchUp
  ) async throws {
    let (own, opened) = try await node.ledger.read { ledger in
      (
        try ledger.outboxIdentity(),
        agreement.features.contains(.letters) ? try LetterLane(after: theirs, in: ledger) : nil
      )
    }
    let takesTraces = agreement.features.contains(.trace)
    var lane = opened
    var last = theirs.inboxOf == own ? theirs.resumeAfter : 0
    var introduced: Set<[UInt8]> = []
    var hasTold = false
    var (logPage, logTold) = (toldPages, Int64?.none)
    var waiting = signals.makeAsyncIterator()
    while true {
      let isLogDue = agreement.features.contains(.log) && isDue(since: logTold)
      let load = try await load(after: last, lane, isLogDue ? logPage : nil, introduced)
      let (page, letters) = (load.page, load.letters)
      let hasMoreLetters = lane.map { letters.last > $0.last } ?? false
      lane?.move(to: letters.last)
      var frames: [LinkFrame] = []
      frames.reserveCapacity(page.count + 1)
      let settled = node.settled.take(peer).map { LinkObjection($0, isSettled: true) }
      for objection in try await standing(pending.takeObjections()) + settled {
        frames.append(LinkFrame.of(.objection(objection)))
      }
      if let sequence = pending.take() { frames.append(LinkFrame.acknowledging(sequence)) }
      for signatory in load.signatories {
        introduced.insert(signatory.fingerprint)
        var certificate = LinkCertificate()
        certificate.certificate = signatory.certificate
        certificate.authorities = signatory.authorities
        frames.append(LinkFrame.of(.certificate(certificate)))
      }
      for entry in page {
        var event = LinkEvent()
        event.sequence = entry.sequence
        event.event = entry.event.bytes
        event.head = entry.head
        if takesTraces, let trace = TraceContext(bytes: entry.trace) {
          event.trace = entry.trace
          node.log("an event is sent", of: peer, (trace, entry.event.item, entry.event.kind))
        }
        frames.append(LinkFrame.of(.event(event)))
        last = entry.sequence
      }
      for parcel in letters.parcels { frames.append(LinkFrame.of(.letter(LinkLetter(parcel)))) }
      if let tail = load.tail {
        frames.append(logFrame(tail))
        logPage = tail.last
      } else if isLogDue {
        logTold = node.now()
      }
      try await outgoing.write(contentsOf: frames)
      guard page.isEmpty, load.tail == nil, !hasMoreLetters, try await !catchUp.advance() else {
        continue
      }
      if !hasTold, catchUp.isDone {
        hasTold = true
        var told = LinkTold()
        told.store = theirs.outbox
        try await outgoing.write(LinkFrame.of(.told(told)))
      }
      if await waiting.next() == nil { return }
    }
  }

  /// Whether the log is to be told again; a time to come is of a clock that was ahead.
  private func isDue(since told: Int64?) -> Bool {
    told.map { !(0..<LinkSession.tellsLogEvery).contains(node.now() - $0) } ?? true
  }

  /// What goes to the neighbour next.
  private struct Load: Sendable {
    var page: [OutboxEntry]
    var letters: (parcels: [LetterParcel], last: UInt64)
    /// Pages of this node's log.
    var tail: LogTail?
    /// Whose seals are among them that were not introduced yet.
    var signatories: [StoredSignatory]
  }

  /// Reads what goes to the neighbour next: events and letters behind what it has been told, and the
  /// log behind a page, where it is due.
  private func load(
    after last: UInt64, _ lane: LetterLane?, _ logPage: Int64?, _ introduced: Set<[UInt8]>
  ) async throws -> Load {
    try await node.ledger.read { ledger in
      let page = try ledger.outbox(for: peer, after: last, limit: LinkSession.batchEvents)
      let letters = try lane?.next(for: peer, in: ledger) ?? (parcels: [], last: 0)
      let tail = try logPage.flatMap { try logTail(after: $0, in: ledger) }
      let seals = page.map(\.event.seal) + letters.parcels.map(\.event.seal)
      let signers = Set(seals.compactMap(EventSeal.signer) + (tail.map { [$0.signer] } ?? []))
      return Load(
        page: page, letters: letters, tail: tail,
        signatories: try signers.subtracting(introduced).compactMap(ledger.signatory))
    }
  }

  // MARK: Receiving

  private func receive(
    from outbox: String, _ pending: PendingAck, _ catchUp: LinkCatchUp
  ) async throws {
    let held = HeldAck(node.ledger, peer: peer, booked: catchUp.acknowledged)
    var isLetterHeld = false
    while true {
      let batch = try await incoming.nextBatch(upTo: LinkSession.batchEvents)
      if batch.isEmpty { return }
      var events: [LinkEvent] = []
      var objections: [LinkObjection] = []
      var certificates: [LinkCertificate] = []
      var told: [LinkTold] = []
      var logs: [LinkLog] = []
      var letters: [LinkLetter] = []
      for frame in batch {
        switch frame.frame {
        case .event(let event): events.append(event)
        case .ack(let ack): try held.put(ack.sequence)
        case .objection(let objection): objections.append(objection)
        case .certificate(let certificate): certificates.append(certificate)
        case .told(let everything): told.append(everything)
        case .log(let log): logs.append(log)
        case .letter(let letter): letters.append(letter)
        case .hello, nil:
          throw CallFailure(
            .invalidArgument, .frameNotExpected, field: "frame",
            "after hello a link carries events and acknowledgements")
        }
      }
      if !objections.isEmpty { try await keep(objections) }
      if !certificates.isEmpty { try await keep(certificates) }
      for log in logs { try await remember(log) }
      if let last = events.last {
        let (others, ours) = try await take(events, from: outbox, acknowledged: held.take())
        pending.put(ours)
        pending.put(last.sequence)
        node.signals.raise(others.union([peer]))
      }
      if !letters.isEmpty {
        isLetterHeld = try await take(letters, from: outbox, isHeld: isLetterHeld)
      }
      // Behind the events and letters that came before it.
      for everything in told { try await hear(everything) }
    }
  }

  /// Stores what came, in one commit with the cursor and with what the other side has on its disk;
  /// what is refused for good is set aside with its reason, and the link goes on.
  ///
  /// Gives the neighbours that have something to take, and what the other side is to know of what
  /// was set aside.
  private func take(
    _ events: [LinkEvent], from outbox: String, acknowledged: UInt64?
  ) async throws -> (told: Set<String>, objections: [LinkObjection]) {
    let (node, division, peer, now) = (node, division, peer, node.now())
    let taken = try await node.ledger.commit { ledger -> Taken in
      if let acknowledged { try ledger.acknowledge(acknowledged, by: peer) }
      let book = try node.book(ledger)
      var taken = Taken()
      var reached = try ledger.inboxCursor(of: peer)
      for event in events {
        let cursor = InboxCursor(
          outbox: outbox, sequence: event.sequence, head: event.head)
        guard cursor.isPast(reached) else { continue }
        reached = cursor
        do throws(CallFailure) {
          book.trace = TraceContext(bytes: event.trace)
          let one = try book.take(event.event, from: division, now: now, in: ledger)
          taken.told.formUnion(one.told)
          taken.settled += one.settled
          if let trace = book.trace, let recorded = one.recorded {
            taken.traced.append((trace, recorded.item, recorded.kind))
          }
        } catch {
          let objection = try LinkSession.setAside(
            event, cursor, from: peer, error, now: now, in: ledger)
          // An event that comes before its item waits for it, and is taken by itself.
          if error.reason != CallFailure.unknownItem.reason {
            taken.objections.append(objection)
            if taken.trace == nil { taken.trace = book.trace }
          }
          taken.setAside += 1
        }
      }
      if taken.setAside > 0 { taken.dropped = try ledger.pruneQuarantine(of: peer) }
      if let reached { try ledger.moveInboxCursor(of: peer, to: reached) }
      return taken
    }
    node.settled.put(taken.settled)
    for traced in taken.traced { node.log("an event has come", of: peer, traced) }
    if !taken.objections.isEmpty {
      var metadata: Logger.Metadata = [
        "events": "\(taken.objections.count)", "reason": "\(taken.objections[0].reason)",
      ]
      if let trace = taken.trace { metadata["trace"] = "\(trace.identity)" }
      node.log(
        .error, "events of a neighbour are set aside: see xiecha-admin quarantine list", of: peer,
        metadata)
    }
    if taken.dropped > 0 {
      node.log(
        .error, "too many events of a neighbour are set aside: the oldest were dropped", of: peer)
    }
    return (taken.told.union(taken.settled.map(\.peer)), taken.objections)
  }

  private struct Taken {
    var told: Set<String> = []
    var objections: [LinkObjection] = []
    var settled: [QuarantinedEvent] = []
    var setAside = 0
    var dropped = 0
    /// What came of a request that its neighbour has named.
    var traced: [Node.Traced] = []
    /// Of which request the first of those is that were set aside.
    var trace: TraceContext?
  }

  private static func setAside(
    _ event: LinkEvent, _ cursor: InboxCursor, from peer: String, _ failure: CallFailure,
    now: Int64, in ledger: LedgerTransaction
  ) throws -> LinkObjection {
    // The store's own trouble is not the event's fault: the batch is tried again.
    if failure.isTroubleOfTheStore { throw failure }
    let message = try? ItemEvent(decoding: event.event)
    let kept = QuarantinedEvent(
      peer: peer, cursor: cursor, event: LedgerID(message?.id ?? []),
      item: LedgerID(message?.itemId ?? []), at: now, reason: failure.reason,
      field: failure.field, text: failure.text, body: event.event)
    _ = try ledger.quarantine(kept)
    return LinkObjection(kept)
  }
}

extension LinkFrame {
  fileprivate static func acknowledging(_ sequence: UInt64) -> LinkFrame {
    var ack = LinkAck()
    ack.sequence = sequence
    return of(.ack(ack))
  }

  fileprivate static func of(_ frame: LinkFrame.Frame) -> LinkFrame {
    var message = LinkFrame()
    message.frame = frame
    return message
  }
}

internal import Credentials

/// An event on its way to a peer.
public struct OutboxEntry: Sendable, Hashable {
  /// Its place in the peer's outbox: strictly growing, given out once.
  public var sequence: UInt64
  /// Stands for all events of the outbox up to this one; empty for what was put there before heads
  /// were kept.
  public var head: [UInt8]
  /// Of which request the event comes, as it travels; empty: not known.
  public var trace: [UInt8]
  /// The event, with its seal.
  public var event: StoredEvent
}

/// How far a peer has come.
public struct OutboxStanding: Sendable, Hashable {
  /// The last sequence that was given out; 0: none yet.
  public var last: UInt64
  /// The last sequence that is on the peer's disk.
  public var acknowledged: UInt64
  /// How many events wait.
  public var waiting: UInt64 { last - min(acknowledged, last) }
}

extension Statement {
  static let outbox = Statement(
    "the events for a peer",
    """
    SELECT outbox.sequence, outbox.head, outbox.trace, \(EventTable.selected) FROM outbox
    JOIN outbox_peer ON outbox_peer.number = outbox.peer
    JOIN item_event ON item_event.number = outbox.event
    JOIN item ON item.number = item_event.item
    WHERE outbox_peer.division = ? AND outbox.sequence > ? ORDER BY outbox.sequence LIMIT ?
    """)
  static let outboxStanding = Statement(
    "how far a peer has come", "SELECT last, acknowledged FROM outbox_peer WHERE division = ?")
  /// Looked for only after the ends that the request has moved.
  static let outboxTail = ofGathering(
    "the end of an outbox",
    "SELECT number, last, head, catch_up FROM outbox_peer WHERE division = ?")
  /// An outbox that is not here has no end that was moved.
  static let insertOutboxPeer = ofGathering(
    "open an outbox", "INSERT INTO outbox_peer (division) VALUES (?)")
  static let insertOutboxEntry = Statement(
    "put an event into an outbox",
    "INSERT INTO outbox (peer, sequence, event, head, trace) VALUES (?, ?, ?, ?, ?)")
  static let eventNumber = Statement(
    "the row of an event", "SELECT number FROM item_event WHERE id = ?")
  static let eventNumbers = Statement(
    "the rows of an item's events",
    "SELECT number, id FROM item_event WHERE item = ? ORDER BY number")
  static let outboxHead = Statement(
    "the head at a place of an outbox",
    """
    SELECT outbox.head FROM outbox JOIN outbox_peer ON outbox_peer.number = outbox.peer
    WHERE outbox_peer.division = ? AND outbox.sequence = ?
    """)
  static let acknowledgedHead = Statement(
    "the head up to which a peer has come",
    "SELECT acknowledged, acknowledged_head FROM outbox_peer WHERE division = ?")
  static let emptyOutbox = Statement(
    "take what a peer has out of its outbox",
    """
    DELETE FROM outbox WHERE sequence <= ?
    AND peer = (SELECT number FROM outbox_peer WHERE division = ?)
    """)
  static let acknowledge = Statement(
    "note how far a peer has come",
    "UPDATE outbox_peer SET acknowledged = ?, acknowledged_head = ? WHERE division = ?")
}

extension LedgerReader {
  /// The events for a peer after a sequence, in order, at most `limit`, and of at most `bytes` bytes
  /// of detail together where they are more than one.
  public func outbox(
    for peer: String, after sequence: UInt64, limit: Int, bytes: Int = LedgerLimits.pageBytes
  ) throws -> [OutboxEntry] {
    var entries: [OutboxEntry] = []
    var room = bytes
    try forRows(
      .outbox, [.text(peer), .integer(Int64(clamping: sequence)), .integer(Self.page(limit))]
    ) { row in
      let event = try EventTable.event(row, at: 3)
      room -= event.body.count
      if room < 0, !entries.isEmpty { return false }
      entries.append(
        OutboxEntry(
          sequence: UInt64(clamping: row.int64(0)), head: row.blob(1), trace: row.blob(2),
          event: event))
      return true
    }
    for place in entries.indices {
      entries[place].event.seal = try seal(of: entries[place].event)
    }
    return entries
  }

  /// The head of a peer's outbox at a sequence; nil where it is not known any more.
  public func outboxHead(of peer: String, at sequence: UInt64) throws -> [UInt8]? {
    let sequence = Int64(clamping: sequence)
    if let head = try row(.outboxHead, [.text(peer), .integer(sequence)], { $0.blob(0) }) {
      return head
    }
    let acknowledged = try row(.acknowledgedHead, [.text(peer)]) { ($0.int64(0), $0.blob(1)) }
    return acknowledged?.0 == sequence ? acknowledged?.1 : nil
  }

  /// Whether this ledger has given a peer what the peer says it has: nobody has more than was sent,
  /// and other events under the same sequence are another past.
  public func hasGivenOut(_ sequence: UInt64, _ head: [UInt8], to peer: String) throws -> Bool {
    guard try sequence <= outboxStanding(of: peer).last else { return false }
    guard !head.isEmpty, let own = try outboxHead(of: peer, at: sequence), !own.isEmpty else {
      return true
    }
    return own == head
  }

  /// How far a peer has come.
  public func outboxStanding(of peer: String) throws -> OutboxStanding {
    try row(.outboxStanding, [.text(peer)]) {
      OutboxStanding(
        last: UInt64(clamping: $0.int64(0)), acknowledged: UInt64(clamping: $0.int64(1)))
    } ?? OutboxStanding(last: 0, acknowledged: 0)
  }
}

extension LedgerTransaction {
  /// The ends of the outboxes that the request adds to.
  private var tails: OutboxTails { gathered(OutboxTails.self) }

  /// Puts a stored event into a peer's outbox; its sequence there.
  ///
  /// - `trace`: of which request it comes.
  @discardableResult
  public func append(
    _ event: LedgerID, toOutboxOf peer: String, trace: [UInt8] = []
  ) throws -> UInt64 {
    let stored = try desk.events[event] ?? row(.eventNumber, [.id(event)]) { $0.int64(0) }
    guard let number = stored else {
      throw LedgerFailure(.unknownItem, "event \(event) is not here; store it before sending it")
    }
    return try append(event, in: number, to: peer, trace)
  }

  /// Puts everything that happened to an item into a peer's outbox, in the order in which it was
  /// taken here: times are those of several clocks, and would put an answer before its question.
  public func append(
    historyOf item: LedgerID, toOutboxOf peer: String, trace: [UInt8] = []
  ) throws {
    guard let place = try place(of: item) else {
      throw LedgerFailure(.unknownItem, "item \(item) is not here; store it before sending it")
    }
    let events = try rows(.eventNumbers, [.integer(place.number)]) { ($0.int64(0), $0.id(1)) }
    for case (let number, let id?) in events {
      _ = try append(id, in: number, to: peer, trace)
    }
  }

  private func append(
    _ event: LedgerID, in number: Int64, to peer: String, _ trace: [UInt8]
  ) throws -> UInt64 {
    var tail = try tail(of: peer)
    tail.last += 1
    tail.head = SHA256Digest.of(tail.head, event.bytes)
    try put(
      .insertOutboxEntry,
      [
        .integer(tail.peer), .integer(tail.last), .integer(number), .blob(tail.head),
        .blob(trace),
      ])
    keep(tail, of: peer)
    return UInt64(clamping: tail.last)
  }

  /// The end of a peer's outbox, as the request has made it; an outbox that is not here is opened.
  func tail(of peer: String) throws -> OutboxTails.Tail {
    if let tail = tails[peer] { return tail }
    let known = try row(.outboxTail, [.text(peer)]) {
      OutboxTails.Tail(
        peer: $0.int64(0), last: $0.int64(1), head: $0.blob(2),
        catchUp: $0.isNull(3) ? nil : $0.int64(3))
    }
    if let known { return known }
    guard let opened = try insert(.insertOutboxPeer, [.text(peer)]) else {
      throw LedgerFailure(.storage, "the outbox of \(peer) could not be opened; try again")
    }
    return OutboxTails.Tail(peer: opened, last: 0, head: [])
  }

  /// Keeps the end of a peer's outbox, to be written with the request.
  func keep(_ tail: OutboxTails.Tail, of peer: String) { tails[peer] = tail }

  /// Everything up to and including this sequence is on the peer's disk: it leaves the outbox.
  ///
  /// - Throws: ``LedgerFailure/Reason/sequence`` when this ledger never gave that sequence out.
  public func acknowledge(_ sequence: UInt64, by peer: String) throws {
    let standing = try outboxStanding(of: peer)
    guard sequence <= standing.last else {
      throw LedgerFailure(
        .sequence,
        "\(peer) acknowledged \(sequence), but the last event sent to it is \(standing.last)")
    }
    if sequence <= standing.acknowledged { return }
    let through = StoredValue.integer(Int64(clamping: sequence))
    let head = try outboxHead(of: peer, at: sequence) ?? []
    try put(.emptyOutbox, [through, .text(peer)])
    try put(.acknowledge, [through, .blob(head), .text(peer)])
  }
}

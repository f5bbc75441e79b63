/// An event on its way to a peer.
public struct OutboxEntry: Sendable, Hashable {
  /// Its place in the peer's outbox: strictly growing, given out once.
  public var sequence: UInt64
  /// The event.
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

extension LedgerReader {
  /// The identity of this ledger's outboxes; sequences are comparable only under the same one.
  public func outboxIdentity() throws -> String {
    try row("SELECT value FROM setting WHERE name = 'outbox'") { $0.text(0) } ?? ""
  }

  /// The events for a peer after a sequence, in order, at most `limit`, and of at most `bytes` bytes
  /// of detail together where they are more than one.
  public func outbox(
    for peer: String, after sequence: UInt64, limit: Int, bytes: Int = LedgerLimits.pageBytes
  ) throws -> [OutboxEntry] {
    var entries: [OutboxEntry] = []
    var room = bytes
    try settle()
    try PreparedStatement(
      """
      SELECT sequence, \(ItemColumns.event) FROM outbox
      JOIN outbox_peer ON outbox_peer.number = outbox.peer
      JOIN item_event ON item_event.number = outbox.event
      JOIN item ON item.number = item_event.item
      WHERE outbox_peer.division = ? AND sequence > ? ORDER BY sequence LIMIT ?
      """, in: database
    ).forRows(
      [.text(peer), .integer(Int64(clamping: sequence)), .integer(Self.page(limit))]
    ) { row in
      let event = try ItemColumns.event(row, at: 1)
      room -= event.body.count
      if room < 0, !entries.isEmpty { return false }
      entries.append(OutboxEntry(sequence: UInt64(clamping: row.int64(0)), event: event))
      return true
    }
    return entries
  }

  /// How far a peer has come.
  public func outboxStanding(of peer: String) throws -> OutboxStanding {
    try row("SELECT last, acknowledged FROM outbox_peer WHERE division = ?", [.text(peer)]) {
      OutboxStanding(
        last: UInt64(clamping: $0.int64(0)), acknowledged: UInt64(clamping: $0.int64(1)))
    } ?? OutboxStanding(last: 0, acknowledged: 0)
  }
}

extension LedgerTransaction {
  private static let tail = HotSQL(
    "SELECT number, last, catch_up FROM outbox_peer WHERE division = ?")
  private static let moveTail = HotSQL(
    "UPDATE outbox_peer SET last = ?, catch_up = ? WHERE number = ?")
  private static let insertEntry = HotSQL("INSERT INTO outbox VALUES (?, ?, ?)")
  private static let eventNumber = HotSQL("SELECT number FROM item_event WHERE id = ?")
  private static let history = HotSQL(
    "SELECT number FROM item_event WHERE item = ? ORDER BY number")

  /// Puts a stored event into a peer's outbox; its sequence there.
  @discardableResult
  public func append(_ event: LedgerID, toOutboxOf peer: String) throws -> UInt64 {
    let stored = try desk.events[event] ?? row(Self.eventNumber, [.id(event)]) { $0.int64(0) }
    guard let number = stored else {
      throw LedgerFailure(.unknownItem, "event \(event) is not here; store it before sending it")
    }
    return try append(number, to: peer)
  }

  /// Puts everything that happened to an item into a peer's outbox, in the order in which it was
  /// taken here: times are those of several clocks, and would put an answer before its question.
  public func append(historyOf item: LedgerID, toOutboxOf peer: String) throws {
    guard let place = try place(of: item) else {
      throw LedgerFailure(.unknownItem, "item \(item) is not here; store it before sending it")
    }
    for event in try rows(Self.history, [.integer(place.number)], { $0.int64(0) }) {
      _ = try append(event, to: peer)
    }
  }

  private func append(_ event: Int64, to peer: String) throws -> UInt64 {
    var tail = try tail(of: peer)
    tail.last += 1
    try execute(Self.insertEntry) { values in
      values.add(tail.peer)
      values.add(tail.last)
      values.add(event)
    }
    tails[peer] = tail
    return UInt64(clamping: tail.last)
  }

  /// The end of a peer's outbox, as the request has made it.
  func tail(of peer: String) throws -> OutboxTails.Tail {
    if let tail = tails[peer] { return tail }
    let known = try row(Self.tail, [.text(peer)]) {
      OutboxTails.Tail(peer: $0.int64(0), last: $0.int64(1), catchUp: $0.optionalInt64(2))
    }
    if let known { return known }
    try execute("INSERT INTO outbox_peer (division) VALUES (?)", [.text(peer)])
    return OutboxTails.Tail(peer: lastInsertedNumber, last: 0)
  }

  /// Writes the end of an outbox, as the request has made it.
  func write(_ tail: OutboxTails.Tail) throws {
    try execute(Self.moveTail) { values in
      values.add(tail.last)
      if let row = tail.catchUp { values.add(row) } else { values.addNull() }
      values.add(tail.peer)
    }
  }

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
    let through = SQLValue.integer(Int64(clamping: sequence))
    try execute(
      """
      DELETE FROM outbox WHERE sequence <= ?
      AND peer = (SELECT number FROM outbox_peer WHERE division = ?)
      """, [through, .text(peer)])
    try execute(
      "UPDATE outbox_peer SET acknowledged = ? WHERE division = ?", [through, .text(peer)])
  }
}

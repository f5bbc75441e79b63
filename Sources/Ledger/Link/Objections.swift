/// What a neighbour has set aside of what it was told, and why.
public struct Objection: Sendable, Hashable {
  /// The neighbour.
  public var peer: String
  /// The outbox and the place in it that the event was sent under.
  public var cursor: InboxCursor
  /// The event; nil where the neighbour could not read it.
  public var event: LedgerID?
  /// The item; nil where the neighbour could not read it.
  public var item: LedgerID?
  /// When it was told: milliseconds since 1970.
  public var at: Int64
  /// The stable reason.
  public var reason: String
  /// The field at fault; empty: none in particular.
  public var field: String
  /// One line for people, without personal data.
  public var text: String

  /// An objection.
  public init(
    peer: String, cursor: InboxCursor, event: LedgerID?, item: LedgerID?, at: Int64, reason: String,
    field: String, text: String
  ) {
    self.peer = peer
    self.cursor = cursor
    self.event = event
    self.item = item
    self.at = at
    self.reason = reason
    self.field = field
    self.text = text
  }
}

/// How it lies in its row.
private enum ObjectionTable {
  static let columns = Columns(
    .objection,
    readingFrom: Objection(
      peer: "", cursor: InboxCursor(outbox: "", sequence: 0), event: nil, item: nil, at: 0,
      reason: "", field: "", text: ""),
    [
      Column("peer", \.peer),
      Column("outbox", \.cursor.outbox),
      Column(
        "sequence", \.cursor.sequence, store: { .integer(Int64(clamping: $0)) },
        load: { UInt64(clamping: $0.int64($1)) }),
      Column("event", \.event),
      Column("item", \.item),
      Column("at", \.at),
      Column("reason", \.reason),
      Column("field", \.field),
      Column("text", \.text),
    ])
}

extension Statement {
  static let keepObjection = Statement(
    "keep an objection",
    """
    \(ObjectionTable.columns.insert()) ON CONFLICT (peer, outbox, sequence) DO UPDATE SET
      at = excluded.at, reason = excluded.reason, field = excluded.field, text = excluded.text
    """)
  static let removeObjection = Statement(
    "forget an objection",
    "DELETE FROM objection WHERE peer = ? AND outbox = ? AND sequence = ?")
  static let removeObjections = Statement(
    "forget the objections of a peer", "DELETE FROM objection WHERE peer = ?")
  static let objections = Statement(
    "the objections, the newest first",
    "SELECT \(ObjectionTable.columns.selected) FROM objection ORDER BY at DESC LIMIT ?")
  static let objectionsToItem = Statement(
    "the objections to an item's events",
    "SELECT \(ObjectionTable.columns.selected) FROM objection WHERE item = ? ORDER BY at")
  static let objectionCount = Statement(
    "how many objections there are", "SELECT count(*) FROM objection")
}

extension LedgerTransaction {
  /// Keeps what a neighbour objects to.
  public func keep(_ objection: Objection) throws {
    try change(.keepObjection, ObjectionTable.columns.values(of: objection))
  }

  /// The neighbour says anew what it objects to.
  public func removeObjections(of peer: String) throws {
    try change(.removeObjections, [.text(peer)])
  }

  /// The neighbour has taken it after all.
  public func removeObjection(of peer: String, to cursor: InboxCursor) throws {
    try change(
      .removeObjection,
      [.text(peer), .text(cursor.outbox), .integer(Int64(clamping: cursor.sequence))])
  }
}

extension LedgerReader {
  /// The objections, the newest first, at most `limit`.
  public func objections(limit: Int) throws -> [Objection] {
    try rows(.objections, [.integer(Self.page(limit))]) { try ObjectionTable.columns.record($0) }
  }

  /// The objections to events of an item, the oldest first.
  public func objections(to item: LedgerID) throws -> [Objection] {
    try rows(.objectionsToItem, [.id(item)]) { try ObjectionTable.columns.record($0) }
  }

  /// How many objections there are.
  public func objectionCount() throws -> Int { Int(try integer(.objectionCount)) }
}

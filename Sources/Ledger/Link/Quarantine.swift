/// Something a peer sent that this node will never take, kept with the reason.
public struct QuarantinedEvent: Sendable, Hashable {
  /// The peer that sent it.
  public var peer: String
  /// Its place in the peer's outbox.
  public var cursor: InboxCursor
  /// The event's identity, when it could be read.
  public var event: LedgerID?
  /// The item's identity, when it could be read.
  public var item: LedgerID?
  /// When it came: milliseconds since 1970.
  public var at: Int64
  /// The stable reason.
  public var reason: String
  /// The field at fault; empty: none in particular.
  public var field: String
  /// One line for people, without personal data.
  public var text: String
  /// The bytes as they came, at most ``LedgerLimits/quarantinedBytes``.
  public var body: [UInt8]

  /// Something that is not taken.
  public init(
    peer: String, cursor: InboxCursor, event: LedgerID?, item: LedgerID?, at: Int64,
    reason: String, field: String, text: String, body: [UInt8]
  ) {
    self.peer = peer
    self.cursor = cursor
    self.event = event
    self.item = item
    self.at = at
    self.reason = reason
    self.field = field
    self.text = text
    self.body = Array(body.prefix(LedgerLimits.quarantinedBytes))
  }
}

extension LedgerTransaction {
  /// Keeps what is not taken and moves the cursor past it, so that one bad event does not stop the
  /// rest.
  ///
  /// - Returns: false when it was here already.
  @discardableResult
  public func quarantine(_ event: QuarantinedEvent) throws -> Bool {
    try moveInboxCursor(of: event.peer, to: event.cursor)
    let kept = try execute(
      """
      INSERT INTO quarantine (peer, outbox, sequence, event, item, at, reason, field, text, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """,
      [
        .text(event.peer), .text(event.cursor.outbox),
        .integer(Int64(clamping: event.cursor.sequence)), .optional(event.event),
        .optional(event.item), .integer(event.at), .text(event.reason), .text(event.field),
        .text(event.text), .blob(event.body),
      ])
    return kept > 0
  }

  /// Forgets what was not taken at first and is now.
  public func removeSetAside(_ number: Int64) throws {
    try execute("DELETE FROM quarantine WHERE number = ?", [.integer(number)])
  }

  /// Drops the oldest of what was not taken from a peer, where there are more than the limit; how many.
  public func pruneQuarantine(
    of peer: String, to limit: Int = LedgerLimits.quarantinedOfPeer
  ) throws -> Int {
    try execute(
      """
      DELETE FROM quarantine WHERE peer = ?1 AND number <= (
        SELECT number FROM quarantine WHERE peer = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)
      """, [.text(peer), .integer(limit)])
  }
}

extension LedgerReader {
  private static let columns = "peer, outbox, sequence, event, item, at, reason, field, text, body"

  /// What was not taken, the newest first, at most `limit`.
  public func quarantined(limit: Int) throws -> [QuarantinedEvent] {
    try rows(
      "SELECT \(Self.columns) FROM quarantine ORDER BY number DESC LIMIT ?",
      [.integer(Self.page(limit))], Self.quarantined)
  }

  /// What was not taken, in the order in which it came, at most `limit` behind `number`.
  public func setAside(
    after number: Int64, limit: Int
  ) throws -> [(number: Int64, event: QuarantinedEvent)] {
    try rows(
      "SELECT \(Self.columns), number FROM quarantine WHERE number > ? ORDER BY number LIMIT ?",
      [.integer(number), .integer(Self.page(limit))]
    ) { (number: $0.int64(10), event: Self.quarantined($0)) }
  }

  private static func quarantined(_ row: SQLRow) -> QuarantinedEvent {
    QuarantinedEvent(
      peer: row.text(0),
      cursor: InboxCursor(outbox: row.text(1), sequence: UInt64(clamping: row.int64(2))),
      event: row.id(3), item: row.id(4), at: row.int64(5), reason: row.text(6),
      field: row.text(7), text: row.text(8), body: row.blob(9))
  }

  /// How many were not taken.
  public func quarantinedCount() throws -> Int {
    Int(try integer("SELECT count(*) FROM quarantine"))
  }
}

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
  /// What was not taken, the newest first, at most `limit`.
  public func quarantined(limit: Int) throws -> [QuarantinedEvent] {
    try rows(
      """
      SELECT peer, outbox, sequence, event, item, at, reason, field, text, body FROM quarantine
      ORDER BY number DESC LIMIT ?
      """, [.integer(Self.page(limit))]
    ) {
      QuarantinedEvent(
        peer: $0.text(0),
        cursor: InboxCursor(outbox: $0.text(1), sequence: UInt64(clamping: $0.int64(2))),
        event: $0.id(3), item: $0.id(4), at: $0.int64(5), reason: $0.text(6), field: $0.text(7),
        text: $0.text(8), body: $0.blob(9))
    }
  }

  /// How many were not taken.
  public func quarantinedCount() throws -> Int {
    Int(try integer("SELECT count(*) FROM quarantine"))
  }
}

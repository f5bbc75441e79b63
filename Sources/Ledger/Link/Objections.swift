extension Statement {
  static let keepObjection = Statement(
    "keep an objection",
    """
    \(QuarantineTable.objections.insert()) ON CONFLICT (peer, outbox, sequence) DO UPDATE SET
      at = excluded.at, reason = excluded.reason, field = excluded.field, text = excluded.text
    """)
  static let removeObjections = Statement(
    "forget the objections of a peer", "DELETE FROM objection WHERE peer = ?")
  static let withdrawObjection = Statement(
    "forget an objection",
    "DELETE FROM objection WHERE peer = ? AND outbox = ? AND sequence = ?")
  static let pruneObjections = Statement(
    "drop the oldest objections of a peer",
    """
    DELETE FROM objection WHERE peer = ?1 AND outbox = ?2 AND sequence <= (
      SELECT sequence FROM objection WHERE peer = ?1 AND outbox = ?2
      ORDER BY sequence DESC LIMIT 1 OFFSET ?3)
    """)
  static let objections = Statement(
    "the objections, the newest first",
    "SELECT \(QuarantineTable.objections.selected) FROM objection ORDER BY at DESC LIMIT ?")
  static let objectionsToItem = Statement(
    "the objections to an item's events",
    "SELECT \(QuarantineTable.objections.selected) FROM objection WHERE item = ? ORDER BY at")
  static let objectionCount = Statement(
    "how many objections there are", "SELECT count(*) FROM objection")
}

extension LedgerTransaction {
  /// Keeps what a peer objects to.
  public func keep(objection: QuarantinedEvent) throws {
    try put(.keepObjection, QuarantineTable.objections.values(of: objection))
  }

  /// A peer objects to something no more.
  public func withdrawObjection(of peer: String, at cursor: InboxCursor) throws {
    try put(
      .withdrawObjection,
      [.text(peer), .text(cursor.outbox), .integer(Int64(clamping: cursor.sequence))])
  }

  /// Drops a peer's oldest objections to what came from an outbox, where there are more than the
  /// limit.
  public func pruneObjections(
    of peer: String, to outbox: String, limit: Int = LedgerLimits.objectionsOfPeer
  ) throws {
    try put(.pruneObjections, [.text(peer), .text(outbox), .integer(limit)])
  }

  /// The peer says anew what it objects to.
  public func removeObjections(of peer: String) throws {
    try put(.removeObjections, [.text(peer)])
  }
}

extension LedgerReader {
  /// The objections, the newest first, at most `limit`.
  public func objections(limit: Int) throws -> [QuarantinedEvent] {
    try rows(.objections, [.integer(Self.page(limit))]) {
      try QuarantineTable.objections.record($0)
    }
  }

  /// The objections to events of an item, the oldest first.
  public func objections(to item: LedgerID) throws -> [QuarantinedEvent] {
    try rows(.objectionsToItem, [.id(item)]) { try QuarantineTable.objections.record($0) }
  }

  /// How many objections there are.
  public func objectionCount() throws -> Int { Int(try integer(.objectionCount)) }
}

/// How far this ledger has come in a peer's outbox.
public struct InboxCursor: Sendable, Hashable {
  /// The identity of the peer's outbox.
  public var outbox: String
  /// The last sequence of it that is on this disk.
  public var sequence: UInt64
  /// What came with it, to stand for all up to it; empty: nothing did.
  public var head: [UInt8]

  /// A cursor.
  public init(outbox: String, sequence: UInt64, head: [UInt8] = []) {
    self.outbox = outbox
    self.sequence = sequence
    self.head = head
  }

  /// Whether what came at this place is not a repetition, where one has come as far as `reached`.
  ///
  /// A new outbox identity (the peer was restored from a backup) starts anew.
  public func isPast(_ reached: InboxCursor?) -> Bool {
    guard let reached, reached.outbox == outbox else { return true }
    return sequence > reached.sequence
  }
}

extension Statement {
  static let inboxCursor = Statement(
    "how far this ledger has come in an outbox",
    "SELECT outbox, sequence, head FROM inbox WHERE peer = ?")
  static let moveInboxCursor = Statement(
    "move on in an outbox",
    """
    INSERT INTO inbox (peer, outbox, sequence, head) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (peer) DO UPDATE SET outbox = ?2, sequence = ?3, head = ?4
    WHERE inbox.outbox <> ?2 OR inbox.sequence < ?3
    """)
}

extension LedgerReader {
  /// How far this ledger has come in a peer's outbox; nil: nothing has come from it yet.
  public func inboxCursor(of peer: String) throws -> InboxCursor? {
    try row(.inboxCursor, [.text(peer)]) {
      InboxCursor(
        outbox: $0.text(0), sequence: UInt64(clamping: $0.int64(1)), head: $0.blob(2))
    }
  }
}

extension LedgerTransaction {
  /// Moves the cursor in a peer's outbox, in the same commit as what came.
  ///
  /// A new outbox identity (the peer was restored from a backup) starts anew.
  ///
  /// - Returns: false when the cursor is there already or further: what came is a repetition.
  /// - Throws: ``LedgerFailure/Reason/sequence`` for a sequence past 2⁶³ − 1, which no ledger gives out.
  @discardableResult
  public func moveInboxCursor(of peer: String, to cursor: InboxCursor) throws -> Bool {
    guard let sequence = Int64(exactly: cursor.sequence) else {
      throw LedgerFailure(
        .sequence, "\(peer) sent the sequence \(cursor.sequence), which is too big")
    }
    return try change(
      .moveInboxCursor,
      [.text(peer), .text(cursor.outbox), .integer(sequence), .blob(cursor.head)]) > 0
  }
}

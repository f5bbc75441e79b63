extension LedgerTransaction {
  /// Leaves a trace.
  ///
  /// What it tells of and the trace belong in one commit.
  @discardableResult
  public func leaveTrace(_ entry: TraceEntry) throws -> TraceHead {
    let previous = try traceHead()
    let number = previous.number + 1
    let hash = TraceChain.hash(of: entry, number: number, after: previous.hash)
    try execute(
      """
      INSERT INTO trace (number, at, account, role, division, action, purpose, item, subject_key,
        previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .integer(number), .integer(entry.at), .text(entry.actor.account),
        .text(entry.actor.role), .text(entry.actor.division), .text(entry.action),
        .text(entry.purpose), .optional(entry.item), .text(entry.subjectKey),
        .blob(previous.hash), .blob(hash),
      ])
    return TraceHead(number: number, hash: hash)
  }
}

extension LedgerReader {
  private static let traceColumns =
    "number, at, account, role, division, action, purpose, item, subject_key"

  /// Who read an item, the oldest first; at most `limit` behind `number`.
  public func traces(
    ofItem item: LedgerID, after number: Int64 = 0, limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredTrace] {
    try rows(
      """
      SELECT \(Self.traceColumns) FROM trace WHERE item = ? AND number > ?
      ORDER BY number LIMIT ?
      """, [.id(item), .integer(number), .integer(Self.page(limit))], Self.trace)
  }

  /// Who read what is kept of a person, under any of the keys merged with this one: the list that
  /// the person can be given (G2).
  ///
  /// The oldest first; at most `limit` behind `number`.
  public func traces(
    ofSubject key: String, after number: Int64 = 0, limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredTrace] {
    try rows(
      """
      \(Self.sameSubject)
      SELECT \(Self.traceColumns) FROM trace
      WHERE subject_key <> '' AND subject_key IN (SELECT key FROM same) AND number > ?
      ORDER BY number LIMIT ?
      """, [.text(key), .integer(number), .integer(Self.page(limit))], Self.trace)
  }

  /// The whole trace in order; at most `limit` behind `number`.
  public func traces(
    after number: Int64 = 0, limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredTrace] {
    try rows(
      "SELECT \(Self.traceColumns) FROM trace WHERE number > ? ORDER BY number LIMIT ?",
      [.integer(number), .integer(Self.page(limit))], Self.trace)
  }

  /// The end of the chain.
  public func traceHead() throws -> TraceHead {
    try row("SELECT number, hash FROM trace ORDER BY number DESC LIMIT 1") {
      TraceHead(number: $0.int64(0), hash: $0.blob(1))
    } ?? .empty
  }

  /// Follows the chain from its start, and through a head that was kept elsewhere, if one is given:
  /// only that shows that rows are missing at the end.
  public func verifyTrace(holding known: TraceHead = .empty) throws -> TraceVerdict {
    var head = TraceHead.empty
    var broken: Int64?
    try forEachRow("SELECT \(Self.traceColumns), previous, hash FROM trace ORDER BY number") {
      row in
      if broken != nil { return }
      let trace = Self.trace(row)
      let number = head.number + 1
      let expected = TraceChain.hash(
        of: trace.entry, number: number, after: head.hash)
      guard trace.number == number, row.blobEquals(9, head.hash), row.blobEquals(10, expected),
        number != known.number || expected == known.hash
      else {
        broken = number
        return
      }
      head = TraceHead(number: number, hash: expected)
    }
    if let broken { return .broken(at: broken) }
    return head.number < known.number ? .broken(at: head.number + 1) : .intact(head)
  }

  private static func trace(_ row: SQLRow) -> StoredTrace {
    StoredTrace(
      number: row.int64(0),
      entry: TraceEntry(
        at: row.int64(1),
        actor: LedgerActor(account: row.text(2), role: row.text(3), division: row.text(4)),
        action: row.text(5), purpose: row.text(6), item: row.id(7), subjectKey: row.text(8)))
  }
}

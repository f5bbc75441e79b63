internal import Credentials

/// How a trace lies in its rows.
enum TraceTable {
  static let columns = Columns(
    .trace,
    readingFrom: StoredTrace(
      number: 0, entry: TraceEntry(at: 0, actor: .blank, action: "", purpose: "")),
    [Column("number", \.number), Column("at", \.entry.at)] + Column.actor(\.entry.actor) + [
      Column("action", \.entry.action), Column("purpose", \.entry.purpose),
      Column("item", \.entry.item), Column("subject_key", \.entry.subjectKey),
      Column("salt", \.salt), Column("person_digest", \.personDigest),
    ])
}

extension Statement {
  static let insertTrace = Statement(
    "leave a trace", TraceTable.columns.insert(and: "previous", "hash", "page", "entry"))
  static let tracesOfItem = Statement(
    "who read an item",
    """
    SELECT \(TraceTable.columns.selected) FROM trace WHERE item = ? AND number > ?
    ORDER BY number LIMIT ?
    """)
  static let tracesOfSubject = Statement(
    "who read what is kept of a person",
    """
    \(sameSubject)
    SELECT \(TraceTable.columns.selected) FROM trace
    WHERE subject_key <> '' AND subject_key IN (SELECT key FROM same) AND number > ?
    ORDER BY number LIMIT ?
    """)
  static let traces = Statement(
    "the trace behind a row",
    "SELECT \(TraceTable.columns.selected) FROM trace WHERE number > ? ORDER BY number LIMIT ?")
  static let tracesOfAccount = Statement(
    "what an account did in a time",
    """
    SELECT \(TraceTable.columns.selected) FROM trace
    WHERE account = ?4 AND (at, number) > (?1, ?2) AND at < ?3 ORDER BY at, number LIMIT ?5
    """)
  static let tracesInTime = Statement(
    "what was done in a time",
    """
    SELECT \(TraceTable.columns.selected) FROM trace
    WHERE (at, number) > (?1, ?2) AND at < ?3 ORDER BY at, number LIMIT ?4
    """)
  static let traceHead = Statement(
    "the end of the trace", "SELECT number, hash FROM trace ORDER BY number DESC LIMIT 1")
  static let traceChain = Statement(
    "the trace with its hashes",
    "SELECT \(TraceTable.columns.selected), previous, hash FROM trace ORDER BY number")
}

extension LedgerTransaction {
  /// Leaves a trace.
  ///
  /// What it tells of and the trace belong in one commit.
  @discardableResult
  public func leaveTrace(_ entry: TraceEntry) throws -> TraceHead {
    let previous = try traceHead()
    var trace = StoredTrace(number: previous.number + 1, entry: entry)
    trace.salt = RandomBytes.make(TraceChain.saltBytes)
    let hash = TraceChain.hash(of: trace, after: previous.hash)
    let place = try nextLogPlace()
    try put(
      .insertTrace,
      TraceTable.columns.values(
        of: trace, and: .blob(previous.hash), .blob(hash), .integer(place.page),
        .integer(place.entry)))
    enter(.trace(hash), at: entry.at)
    return TraceHead(number: trace.number, hash: hash)
  }
}

extension LedgerReader {
  /// Who read an item, the oldest first; at most `limit` behind `number`.
  public func traces(
    ofItem item: LedgerID, after number: Int64 = 0, limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredTrace] {
    try traces(.tracesOfItem, [.id(item), .integer(number), .integer(Self.page(limit))])
  }

  /// Who read what is kept of a person, under any of the keys merged with this one: the list that
  /// the person can be given (G2).
  ///
  /// The oldest first; at most `limit` behind `number`.
  public func traces(
    ofSubject key: String, after number: Int64 = 0, limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredTrace] {
    try traces(.tracesOfSubject, [.text(key), .integer(number), .integer(Self.page(limit))])
  }

  /// The whole trace in order; at most `limit` behind `number`.
  public func traces(
    after number: Int64 = 0, limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredTrace] {
    try traces(.traces, [.integer(number), .integer(Self.page(limit))])
  }

  /// What was done in a time, of an account's where one is given, in the order of the times; at most
  /// `limit` behind `last`.
  ///
  /// The time is in milliseconds since 1970. An account's name is that of the trace's actor.
  public func traces(
    by account: String?, in time: Range<Int64>, after last: StoredTrace? = nil,
    limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredTrace] {
    let start: [StoredValue] = [
      .integer(last?.entry.at ?? time.lowerBound), .integer(last?.number ?? 0),
      .integer(time.upperBound),
    ]
    let rows = StoredValue.integer(Self.page(limit))
    guard let account else { return try traces(.tracesInTime, start + [rows]) }
    return try traces(.tracesOfAccount, start + [.text(account), rows])
  }

  private func traces(_ statement: Statement, _ values: [StoredValue]) throws -> [StoredTrace] {
    try rows(statement, values) { try TraceTable.columns.record($0) }
  }

  /// The end of the chain.
  public func traceHead() throws -> TraceHead {
    try row(.traceHead) { TraceHead(number: $0.int64(0), hash: $0.blob(1)) } ?? .empty
  }

  /// Follows the chain from its start, and through a head that was kept elsewhere, if one is given:
  /// only that shows that rows are missing at the end.
  public func verifyTrace(holding known: TraceHead = .empty) throws -> TraceVerdict {
    var head = TraceHead.empty
    var broken: Int64?
    let count = TraceTable.columns.count
    try forRows(.traceChain) { row in
      let trace = try TraceTable.columns.record(row)
      let number = head.number + 1
      let expected = TraceChain.hash(of: trace, after: head.hash)
      guard trace.number == number, row.holds(head.hash, at: count),
        row.holds(expected, at: count + 1),
        number != known.number || expected == known.hash
      else {
        broken = number
        return false
      }
      head = TraceHead(number: number, hash: expected)
      return true
    }
    if let broken { return .broken(at: broken) }
    return head.number < known.number ? .broken(at: head.number + 1) : .intact(head)
  }
}

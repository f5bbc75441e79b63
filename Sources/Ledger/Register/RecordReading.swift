extension Statement {
  static let record = Statement(
    "the current version of a record",
    "SELECT \(RecordTable.selected) FROM \(RecordTable.current) WHERE record.id = ?")
  static let versions = Statement(
    "all versions of a record",
    """
    SELECT \(RecordTable.selected) FROM \(RecordTable.joined) WHERE record.id = ?
    ORDER BY version
    """)
  static let versionsBehind = Statement(
    "the versions of all records behind one",
    """
    SELECT \(RecordTable.selected), record_version.number FROM \(RecordTable.joined)
    WHERE record_version.number > ? ORDER BY record_version.number LIMIT ?
    """)
  static let records = StatementFamily<RecordQuery> { query in
    Statement(
      "the records of a person",
      """
      \(query.keys.prelude)
      SELECT \(RecordTable.selected) FROM \(RecordTable.current)
      WHERE subject_key \(query.keys.comparison)
        \(query.hasCategory ? "AND category = ?2" : "")
        \(query.includesWithdrawn ? "" : "AND NOT withdrawn")
      ORDER BY category, record.number
      """)
  }

  /// What is asked of a person's records.
  struct RecordQuery: Hashable {
    var keys: SubjectKeys
    var hasCategory: Bool
    var includesWithdrawn: Bool
  }
}

extension LedgerReader {
  /// The current version of a record, withdrawn or not.
  public func record(_ id: LedgerID) throws -> RecordVersion? {
    try row(.record, [.id(id)], RecordTable.version)
  }

  /// All versions of a record, the first one first.
  public func history(of record: LedgerID) throws -> [RecordVersion] {
    try rows(.versions, [.id(record)], RecordTable.version)
  }

  /// All versions of all records, in the order in which they were kept, at most `limit` behind
  /// `place`.
  public func versions(
    after place: LedgerPlace = .start, limit: Int = LedgerLimits.pageRows
  ) throws -> [(version: RecordVersion, place: LedgerPlace)] {
    try rows(.versionsBehind, [.integer(place.number), .integer(Self.page(limit))]) { row in
      (try RecordTable.version(row), LedgerPlace(behind: row.int64(RecordTable.count)))
    }
  }

  /// The current records of a person, under any of the keys merged with this one; by category, then
  /// in the order in which they were made.
  public func records(
    of subject: String, category: Int? = nil, includingWithdrawn: Bool = false
  ) throws -> [RecordVersion] {
    let query = Statement.RecordQuery(
      keys: try keys(of: subject), hasCategory: category != nil,
      includesWithdrawn: includingWithdrawn)
    return try rows(
      Statement.records[query], [.text(subject)] + (category.map { [.integer($0)] } ?? []),
      RecordTable.version)
  }
}

extension LedgerReader {
  static let versionColumns = """
    record.id, subject_key, category, version, withdrawn, at, account, role, division, source_item, \
    note, body
    """

  /// The current version of a record, withdrawn or not.
  public func record(_ id: LedgerID) throws -> RecordVersion? {
    try row(
      """
      SELECT \(Self.versionColumns) FROM record
      JOIN record_version ON record_version.record = record.number AND version = current
      WHERE record.id = ?
      """, [.id(id)], Self.version)
  }

  /// All versions of a record, the first one first.
  public func history(of record: LedgerID) throws -> [RecordVersion] {
    try rows(
      """
      SELECT \(Self.versionColumns) FROM record
      JOIN record_version ON record_version.record = record.number
      WHERE record.id = ? ORDER BY version
      """, [.id(record)], Self.version)
  }

  /// The current records of a person, under any of the keys merged with this one; by category, then
  /// in the order in which they were made.
  public func records(
    of subject: String, category: Int? = nil, includingWithdrawn: Bool = false
  ) throws -> [RecordVersion] {
    try rows(
      """
      \(Self.sameSubject)
      SELECT \(Self.versionColumns) FROM record
      JOIN record_version ON record_version.record = record.number AND version = current
      WHERE subject_key IN (SELECT key FROM same) AND (?2 IS NULL OR category = ?2)
        AND (?3 OR NOT withdrawn)
      ORDER BY category, record.number
      """,
      [
        .text(subject), category.map { .integer($0) } ?? .null, .flag(includingWithdrawn),
      ], Self.version)
  }

  static func version(_ row: SQLRow) throws -> RecordVersion {
    guard let record = row.id(0) else {
      throw LedgerFailure(.corrupt, "a row of the register is damaged; restore the last backup")
    }
    var version = RecordVersion(
      record: record, subjectKey: row.text(1), category: row.int(2), isWithdrawn: row.flag(4),
      at: row.int64(5),
      actor: LedgerActor(account: row.text(6), role: row.text(7), division: row.text(8)),
      sourceItem: row.id(9), note: row.text(10), body: row.blob(11))
    version.version = row.int(3)
    return version
  }
}

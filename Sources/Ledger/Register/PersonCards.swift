/// A person's own facts are a record of category 0, in versions like any other (S12.1).
public enum PersonCard {
  /// The number that no information category has (S3).
  public static let category = 0
}

/// A person of the register, as a review pages through them.
public struct ListedPerson: Sendable, Hashable {
  /// The place behind it.
  public var number: Int64
  /// Her facts, the current version.
  public var card: RecordVersion
}

extension LedgerReader {
  /// The facts kept under exactly this key, merges not looked at.
  public func card(under key: String) throws -> RecordVersion? {
    try row(
      """
      SELECT \(Self.versionColumns) FROM record
      JOIN record_version ON record_version.record = record.number AND version = current
      WHERE subject_key = ? AND category = ? AND NOT withdrawn
      """, [.text(key), .integer(PersonCard.category)], Self.version)
  }

  /// The persons of the register, in the order in which they came, at most `limit` behind `number`.
  public func persons(
    after number: Int64 = 0, limit: Int = LedgerLimits.pageRows
  ) throws -> [ListedPerson] {
    try rows(
      """
      SELECT \(Self.versionColumns), record.number FROM record
      JOIN record_version ON record_version.record = record.number AND version = current
      WHERE category = ? AND NOT withdrawn AND record.number > ? ORDER BY record.number LIMIT ?
      """,
      [.integer(PersonCard.category), .integer(number), .integer(Self.page(limit))]
    ) { ListedPerson(number: $0.int64(12), card: try Self.version($0)) }
  }
}

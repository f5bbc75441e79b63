/// A person's own facts are a record of category 0, in versions like any other (S12.1).
public enum PersonCard {
  /// The number that no information category has (S3).
  public static let category = 0
}

/// A person of the register, as a review pages through them.
public struct ListedPerson: Sendable, Hashable {
  /// The place behind it.
  public var place: LedgerPlace
  /// Her facts, the current version.
  public var card: RecordVersion
}

extension Statement {
  static let card = Statement(
    "the facts under a key",
    """
    SELECT \(RecordTable.selected) FROM \(RecordTable.current)
    WHERE subject_key = ? AND category = ? AND NOT withdrawn
    """)
  static let persons = Statement(
    "the persons of the register behind one",
    """
    SELECT \(RecordTable.selected), record.number FROM \(RecordTable.current)
    WHERE category = ? AND NOT withdrawn AND record.number > ? ORDER BY record.number LIMIT ?
    """)
}

extension LedgerReader {
  /// The facts kept under exactly this key, merges not looked at.
  public func card(under key: String) throws -> RecordVersion? {
    try row(.card, [.text(key), .integer(PersonCard.category)], RecordTable.version)
  }

  /// The persons of the register, in the order in which they came, at most `limit` behind `place`.
  public func persons(
    after place: LedgerPlace = .start, limit: Int = LedgerLimits.pageRows
  ) throws -> [ListedPerson] {
    try rows(
      .persons,
      [.integer(PersonCard.category), .integer(place.number), .integer(Self.page(limit))]
    ) { row in
      ListedPerson(
        place: LedgerPlace(behind: row.int64(RecordTable.count)),
        card: try RecordTable.version(row))
    }
  }
}

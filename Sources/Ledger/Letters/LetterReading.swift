public import ExchangeRules

extension Statement {
  static let letter = Statement(
    "a letter", "SELECT \(LetterTable.columns.selected), number FROM letter WHERE id = ?")
  static let letters = Statement(
    "the letters of a period",
    """
    SELECT \(LetterTable.columns.selected) FROM letter
    WHERE kind = ? AND period = ? AND office BETWEEN ? AND ? AND (office, part) > (?, ?)
    ORDER BY office, part LIMIT ?
    """)
  static let lettersWaiting = Statement(
    "the letters that wait for an office",
    """
    SELECT \(LetterTable.columns.selected) FROM letter
    WHERE kind = ? AND addressee = ? AND acknowledged = 0 ORDER BY period LIMIT ?
    """)
  static let lastLetterPeriod = Statement(
    "the last period of which there are letters",
    "SELECT max(period) FROM letter WHERE kind = ?")
  static let letterEvents = Statement(
    "the steps of a letter",
    """
    SELECT \(LetterEventTable.selected) FROM \(LetterEventTable.joined)
    WHERE letter.id = ? ORDER BY letter_event.step
    """)
}

extension LedgerReader {
  /// The letter of an identity.
  public func letter(_ id: LedgerID) throws -> StoredLetter? {
    try row(.letter, [.id(id)]) { try LetterTable.columns.record($0) }
  }

  /// The letters of a period to or from offices whose codes begin with these digits, by the lower
  /// office and part; at most `limit` behind one.
  public func letters(
    _ kind: LetterKind, of period: Int32, within digits: String,
    after last: StoredLetter? = nil, limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredLetter] {
    try rows(
      .letters,
      [
        .integer(kind.rawValue), .integer(period), .text(digits), .text(digits + ":"),
        .text(last?.office ?? ""), .integer(last?.part ?? 0), .integer(Self.page(limit)),
      ]
    ) { try LetterTable.columns.record($0) }
  }

  /// The letters that wait for an office to take note of them, the oldest first; at most `limit`.
  public func lettersWaiting(
    _ kind: LetterKind, for addressee: String, limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredLetter] {
    try rows(
      .lettersWaiting, [.integer(kind.rawValue), .text(addressee), .integer(Self.page(limit))]
    ) { try LetterTable.columns.record($0) }
  }

  /// The last period of which there are letters, yyyymmdd; 0: there are none.
  public func lastLetterPeriod(_ kind: LetterKind) throws -> Int32 {
    try row(.lastLetterPeriod, [.integer(kind.rawValue)]) { $0.int32(0) } ?? 0
  }

  /// The steps of a letter, in their order.
  public func events(ofLetter id: LedgerID) throws -> [StoredLetterEvent] {
    try rows(.letterEvents, [.id(id)]) { try LetterEventTable.event($0) }
  }

  /// The Friday of the last week for which the lists of dunning were made, yyyymmdd; 0: none.
  public func dunnedThrough() throws -> Int32 {
    try value(of: .dunned).flatMap { Int32($0) } ?? 0
  }
}

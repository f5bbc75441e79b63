/// A change of password that the province's office is told of (S8.2).
public struct PasswordChange: Sendable, Hashable {
  /// Its number here.
  public var number: Int64
  /// Whose password.
  public var account: String
  /// Of which division.
  public var division: String
  /// When: milliseconds since 1970.
  public var at: Int64
  /// The account that changed it.
  public var by: String
}

extension LedgerReader {
  /// The changes that the office has not been told of, the oldest first.
  public func untoldPasswordChanges(
    limit: Int = LedgerLimits.pageRows
  ) throws -> [PasswordChange] {
    try rows(
      """
      SELECT number, account, division, at, by FROM password_change WHERE told = 0
      ORDER BY number LIMIT ?
      """, [.integer(Self.page(limit))]
    ) {
      PasswordChange(
        number: $0.int64(0), account: $0.text(1), division: $0.text(2), at: $0.int64(3),
        by: $0.text(4))
    }
  }
}

extension LedgerTransaction {
  /// The office has been told of a change.
  public func markTold(_ change: PasswordChange, at time: Int64) throws {
    try execute(
      "UPDATE password_change SET told = ? WHERE number = ?",
      [.integer(time), .integer(change.number)])
  }
}

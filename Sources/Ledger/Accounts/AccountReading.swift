extension LedgerReader {
  private static let accountColumns = """
    name, display_name, role, division, verifier, previous_verifier, previous_until, created, \
    disabled, failures, locked_until, last_login, password_changed, last_failure
    """

  /// The account of a name.
  public func account(_ name: String) throws -> StoredAccount? {
    try row(
      "SELECT \(Self.accountColumns) FROM account WHERE name = ?", [.text(name)], Self.account)
  }

  /// The accounts of a division and of all below it, by name; empty: all.
  ///
  /// At most `limit` after `name`.
  public func accounts(
    under division: String = "", after name: String = "", limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredAccount] {
    try rows(
      """
      SELECT \(Self.accountColumns) FROM account
      WHERE name > ? AND substr(division, 1, length(?2)) = ?2 ORDER BY name LIMIT ?
      """, [.text(name), .text(division), .integer(Self.page(limit))], Self.account)
  }

  /// The days (yyyymmdd) on which an account signed in, within these days (S10.1).
  public func loginDays(
    of name: String, from first: Int32, through last: Int32
  ) throws -> [Int32] {
    try rows(
      """
      SELECT day FROM login_day JOIN account ON account.number = login_day.account
      WHERE account.name = ? AND day BETWEEN ? AND ? ORDER BY day
      """, [.text(name), .integer(first), .integer(last)]
    ) { $0.int32(0) }
  }

  private static func account(_ row: SQLRow) -> StoredAccount {
    var account = StoredAccount(
      name: row.text(0), displayName: row.text(1), role: row.text(2), division: row.text(3),
      verifier: row.text(4), created: row.int64(7))
    account.previousVerifier = row.optionalText(5)
    account.previousUntil = row.int64(6)
    account.disabled = row.int64(8)
    account.failures = row.int(9)
    account.lockedUntil = row.int64(10)
    account.lastLogin = row.int64(11)
    account.passwordChanged = row.int64(12)
    account.lastFailure = row.int64(13)
    return account
  }
}

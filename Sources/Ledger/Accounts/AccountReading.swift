/// How an account lies in its row.
enum AccountTable {
  private static let blank = StoredAccount(
    name: "", role: "", division: "", verifier: "", created: 0)

  /// What an account is made with.
  static let made = Columns(
    .account, readingFrom: blank,
    [
      Column("name", \.name), Column("display_name", \.displayName), Column("role", \.role),
      Column("division", \.division), Column("verifier", \.verifier),
      Column("created", \.created), Column("password_changed", \.passwordChanged),
    ])
  /// What becomes of it.
  private static let kept = Columns(
    .account, readingFrom: blank,
    [
      Column("previous_verifier", \.previousVerifier), Column("previous_until", \.previousUntil),
      Column("disabled", \.disabled), Column("failures", \.failures),
      Column("last_failure", \.lastFailure), Column("locked_until", \.lockedUntil),
      Column("last_login", \.lastLogin), Column("previous_login", \.previousLogin),
      Column("last_address", \.lastAddress), Column("previous_address", \.previousAddress),
    ])

  static let selected = "\(made.selected), \(kept.selected)"

  /// An account, from ``selected``.
  static func account(_ row: any EngineRow) throws -> StoredAccount {
    var account = try made.record(row)
    try kept.read(row, at: made.count, into: &account)
    return account
  }
}

extension Statement {
  static let account = Statement(
    "an account by name", "SELECT \(AccountTable.selected) FROM account WHERE name = ?")
  static let accounts = Statement(
    "the accounts of a division and below, behind a name",
    """
    SELECT \(AccountTable.selected) FROM account
    WHERE name > ?1 AND substr(division, 1, length(?2)) = ?2 ORDER BY name LIMIT ?3
    """)
  static let accountsOfRole = Statement(
    "the accounts of a role behind a name",
    """
    SELECT \(AccountTable.selected) FROM account WHERE role = ? AND name > ? ORDER BY name LIMIT ?
    """)
  static let loginDays = Statement(
    "the days on which an account signed in",
    """
    SELECT day FROM login_day JOIN account ON account.number = login_day.account
    WHERE account.name = ? AND day BETWEEN ? AND ? ORDER BY day
    """)
}

extension LedgerReader {
  /// The account of a name.
  public func account(_ name: String) throws -> StoredAccount? {
    try row(.account, [.text(name)], AccountTable.account)
  }

  /// The accounts of a division and of all below it, by name; empty: all.
  ///
  /// At most `limit` after `name`.
  public func accounts(
    under division: String = "", after name: String = "", limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredAccount] {
    try rows(
      .accounts, [.text(name), .text(division), .integer(Self.page(limit))], AccountTable.account)
  }

  /// The accounts of a role, by name; at most `limit` after `name`.
  public func accounts(
    ofRole role: String, after name: String = "", limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredAccount] {
    try rows(
      .accountsOfRole, [.text(role), .text(name), .integer(Self.page(limit))],
      AccountTable.account)
  }

  /// The days (yyyymmdd) on which an account signed in, within these days (S10.1).
  public func loginDays(
    of name: String, from first: Int32, through last: Int32
  ) throws -> [Int32] {
    try rows(.loginDays, [.text(name), .integer(first), .integer(last)]) { $0.int32(0) }
  }
}

extension Statement {
  static let createAccount = Statement(
    "make an account", "\(AccountTable.made.insert()) ON CONFLICT (name) DO NOTHING")
  static let changePassword = Statement(
    "set a password",
    """
    UPDATE account SET
      previous_verifier = CASE WHEN ?2 > ?3 THEN verifier END,
      previous_until = CASE WHEN ?2 > ?3 THEN ?2 ELSE 0 END,
      verifier = ?1, password_changed = ?3, failures = 0, locked_until = 0
    WHERE name = ?4
    """)
  static let disableAccount = Statement(
    "switch an account off or on",
    "UPDATE account SET disabled = ?, failures = 0, locked_until = 0 WHERE name = ?")
  static let recordLogin = Statement(
    "note a sign-in",
    """
    UPDATE account SET previous_login = last_login, previous_address = last_address,
      last_login = ?, last_address = ?, failures = 0, locked_until = 0
    WHERE name = ?
    """)
  static let recordLoginDay = Statement(
    "note the day of a sign-in",
    """
    INSERT INTO login_day (account, day, first, logins)
    SELECT number, ?, ?, 1 FROM account WHERE name = ?
    ON CONFLICT (account, day) DO UPDATE SET logins = login_day.logins + 1
    """)
  static let recordFailures = Statement(
    "note failed sign-ins",
    "UPDATE account SET failures = ?, last_failure = ?, locked_until = ? WHERE name = ?")
}

extension LedgerTransaction {
  /// Makes an account.
  ///
  /// - Throws: ``LedgerFailure/Reason/exists`` when the name is taken.
  public func create(_ account: StoredAccount) throws {
    let made = try change(.createAccount, AccountTable.made.values(of: account))
    guard made == 1 else {
      throw LedgerFailure(.exists, "there is an account \(account.name) already; choose another")
    }
  }

  /// Sets a new password's verifier and notes that the province's office must be told (S8.2).
  ///
  /// - `time`: milliseconds since 1970.
  /// - `previousUntil`: until when the old password still counts; `time` or less: not at all.
  /// - `actor`: who changed it.
  public func changePassword(
    of name: String, to verifier: String, at time: Int64, previousUntil: Int64,
    by actor: LedgerActor
  ) throws {
    try change(
      .changePassword,
      [.text(verifier), .integer(previousUntil), .integer(time), .text(name)], account: name)
    try put(
      .notePasswordChange, [.integer(time), .text(actor.account), .text(name)])
  }

  /// Switches an account off, or on again with nil: then its failures are forgotten and a lock
  /// ends.
  ///
  /// Its sessions end when it is switched off.
  public func disable(_ name: String, at time: Int64?) throws {
    try change(.disableAccount, [.integer(time ?? 0), .text(name)], account: name)
    if let time { try revokeSessions(of: name, at: time) }
  }

  /// Notes a good sign-in: the day counts (S10.1), earlier failures no longer do.
  public func recordLogin(
    of name: String, at time: Int64, day: Int32, from address: String = ""
  ) throws {
    try change(.recordLogin, [.integer(time), .text(address), .text(name)], account: name)
    try put(.recordLoginDay, [.integer(day), .integer(time), .text(name)])
  }

  /// Notes failed sign-ins: how many there are now, when the last was, until when there may be no more.
  public func recordFailures(
    of name: String, count: Int, last: Int64, lockedUntil: Int64
  ) throws {
    try change(
      .recordFailures,
      [.integer(count), .integer(last), .integer(lockedUntil), .text(name)], account: name)
  }

  private func change(
    _ statement: Statement, _ values: [StoredValue], account name: String
  ) throws {
    guard try change(statement, values) == 1 else {
      throw LedgerFailure(.unknown, "there is no account \(name); list the accounts to see them")
    }
  }
}

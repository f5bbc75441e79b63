extension LedgerTransaction {
  /// Makes an account.
  ///
  /// - Throws: ``LedgerFailure/Reason/exists`` when the name is taken.
  public func create(_ account: StoredAccount) throws {
    let made = try execute(
      """
      INSERT INTO account (name, display_name, role, division, verifier, created, password_changed)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING
      """,
      [
        .text(account.name), .text(account.displayName), .text(account.role),
        .text(account.division), .text(account.verifier), .integer(account.created),
        .integer(account.passwordChanged),
      ])
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
      """
      UPDATE account SET
        previous_verifier = CASE WHEN ?2 > ?3 THEN verifier END,
        previous_until = CASE WHEN ?2 > ?3 THEN ?2 ELSE 0 END,
        verifier = ?1, password_changed = ?3, failures = 0, locked_until = 0
      WHERE name = ?4
      """, [.text(verifier), .integer(previousUntil), .integer(time), .text(name)], account: name)
    try execute(
      """
      INSERT INTO password_change (account, division, at, by)
      SELECT name, division, ?, ? FROM account WHERE name = ?
      """, [.integer(time), .text(actor.account), .text(name)])
  }

  /// Switches an account off, or on again with nil: then its failures are forgotten and a lock
  /// ends.
  ///
  /// Its sessions end when it is switched off.
  public func disable(_ name: String, at time: Int64?) throws {
    try change(
      "UPDATE account SET disabled = ?, failures = 0, locked_until = 0 WHERE name = ?",
      [.integer(time ?? 0), .text(name)], account: name)
    if let time { try revokeSessions(of: name, at: time) }
  }

  /// Notes a good sign-in: the day counts (S10.1), earlier failures no longer do.
  public func recordLogin(of name: String, at time: Int64, day: Int32) throws {
    try change(
      "UPDATE account SET last_login = ?, failures = 0, locked_until = 0 WHERE name = ?",
      [.integer(time), .text(name)], account: name)
    try execute(
      """
      INSERT INTO login_day (account, day, first, logins)
      SELECT number, ?, ?, 1 FROM account WHERE name = ?
      ON CONFLICT (account, day) DO UPDATE SET logins = logins + 1
      """, [.integer(day), .integer(time), .text(name)])
  }

  /// Notes failed sign-ins: how many there are now, when the last was, until when there may be no more.
  public func recordFailures(
    of name: String, count: Int, last: Int64, lockedUntil: Int64
  ) throws {
    try change(
      "UPDATE account SET failures = ?, last_failure = ?, locked_until = ? WHERE name = ?",
      [.integer(count), .integer(last), .integer(lockedUntil), .text(name)], account: name)
  }

  private func change(_ sql: String, _ values: [SQLValue], account name: String) throws {
    guard try execute(sql, values) == 1 else {
      throw LedgerFailure(.unknown, "there is no account \(name); list the accounts to see them")
    }
  }
}

/// A session: a secret of its own, so that the password is typed once.
///
/// Times are milliseconds since 1970.
public struct StoredSession: Sendable, Hashable {
  /// The name to authenticate as.
  public var id: String
  /// The account it stands for.
  public var account: String
  /// What its secret is checked against.
  public var verifier: String
  /// When it was opened.
  public var opened: Int64
  /// When it ends by itself.
  public var expires: Int64
  /// When it was ended; 0: it was not.
  public var revoked: Int64 = 0

  /// A new session.
  public init(id: String, account: String, verifier: String, opened: Int64, expires: Int64) {
    self.id = id
    self.account = account
    self.verifier = verifier
    self.opened = opened
    self.expires = expires
  }

  /// Whether it counts at this time.
  public func isOpen(at time: Int64) -> Bool { revoked == 0 && time < expires }
}

extension LedgerReader {
  /// The session of this identity, open or not.
  public func session(_ id: String) throws -> StoredSession? {
    try row(
      """
      SELECT id, account.name, session.verifier, opened, expires, revoked FROM session
      JOIN account ON account.number = session.account WHERE id = ?
      """, [.text(id)]
    ) {
      var session = StoredSession(
        id: $0.text(0), account: $0.text(1), verifier: $0.text(2), opened: $0.int64(3),
        expires: $0.int64(4))
      session.revoked = $0.int64(5)
      return session
    }
  }
}

extension LedgerTransaction {
  /// Opens a session, and forgets those that have ended: everybody's by time, the account's own by
  /// hand.
  ///
  /// Of more than ``LedgerLimits/sessionsOfAccount`` the oldest end.
  public func open(_ session: StoredSession) throws {
    guard try self.session(session.id) == nil else {
      throw LedgerFailure(.exists, "that session is open already; draw another identity")
    }
    try makeRoom(for: session)
    let opened = try execute(
      """
      INSERT INTO session (id, account, verifier, opened, expires)
      SELECT ?, number, ?, ?, ? FROM account WHERE name = ?
      """,
      [
        .text(session.id), .text(session.verifier), .integer(session.opened),
        .integer(session.expires), .text(session.account),
      ])
    guard opened == 1 else {
      throw LedgerFailure(.unknown, "there is no account \(session.account) to open a session for")
    }
  }

  /// Ends a session.
  public func revokeSession(_ id: String, at time: Int64) throws {
    try execute(
      "UPDATE session SET revoked = ? WHERE id = ? AND revoked = 0", [.integer(time), .text(id)])
  }

  /// Ends all sessions of an account.
  public func revokeSessions(of account: String, at time: Int64) throws {
    try execute(
      """
      UPDATE session SET revoked = ?
      WHERE revoked = 0 AND account = (SELECT number FROM account WHERE name = ?)
      """, [.integer(time), .text(account)])
  }

  private func makeRoom(for session: StoredSession) throws {
    try execute("DELETE FROM session WHERE expires <= ?", [.integer(session.opened)])
    try execute(
      """
      DELETE FROM session WHERE account = (SELECT number FROM account WHERE name = ?1) AND id NOT IN (
        SELECT id FROM session WHERE revoked = 0
        AND account = (SELECT number FROM account WHERE name = ?1)
        ORDER BY opened DESC, id LIMIT ?2)
      """, [.text(session.account), .integer(LedgerLimits.sessionsOfAccount - 1)])
  }
}

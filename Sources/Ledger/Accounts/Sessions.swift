public import Credentials

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
  /// When it was used last; 0: since it was opened.
  public var used: Int64 = 0
  /// When it was ended; 0: it was not.
  public var revoked: Int64 = 0
  /// It was ended because its account has opened as many others as it may have.
  public var isDisplaced = false

  /// A new session.
  public init(id: String, account: String, verifier: String, opened: Int64, expires: Int64) {
    self.id = id
    self.account = account
    self.verifier = verifier
    self.opened = opened
    self.expires = expires
  }

  /// When it ends by itself under these limits, however much it is used.
  public func end(under limits: SessionLimits) -> Int64 {
    min(expires, opened + limits.longestSeconds * 1000)
  }

  /// Whether it counts at this time: nobody has ended it, and it was not left alone for too long.
  public func isOpen(at time: Int64, under limits: SessionLimits = .standard) -> Bool {
    revoked == 0 && time < end(under: limits) && !isLeftAlone(at: time, under: limits)
  }

  /// Whether it was left alone for too long.
  public func isLeftAlone(at time: Int64, under limits: SessionLimits) -> Bool {
    time - max(opened, used) >= limits.idleSeconds * 1000
  }

  /// How exactly its use is known, in milliseconds: each note is a commit.
  private static let usedEveryMilliseconds: Int64 = 60_000

  /// Whether a use at this time is to be noted.
  public func isToBeNoted(at time: Int64) -> Bool {
    time - max(opened, used) >= StoredSession.usedEveryMilliseconds
  }
}

/// How a session lies in its row; its account is joined to it.
private enum SessionTable {
  static let columns = Columns(
    .session,
    readingFrom: StoredSession(id: "", account: "", verifier: "", opened: 0, expires: 0),
    [
      Column("id", \.id), Column("verifier", \.verifier), Column("opened", \.opened),
      Column("expires", \.expires), Column("revoked", \.revoked), Column("used", \.used),
      Column("displaced", \.isDisplaced),
    ])

  static func session(_ row: any EngineRow) throws -> StoredSession {
    var session = try columns.record(row, at: 1)
    session.account = row.text(0)
    return session
  }
}

extension Statement {
  static let session = Statement(
    "a session",
    """
    SELECT account.name, \(SessionTable.columns.selected) FROM session
    JOIN account ON account.number = session.account WHERE session.id = ?
    """)
  static let accountNumber = Statement(
    "the row of an account", "SELECT number FROM account WHERE name = ?")
  static let openSession = Statement(
    "open a session", SessionTable.columns.insert(and: "account"))
  static let useSession = Statement(
    "note the use of a session", "UPDATE session SET used = ?1 WHERE id = ?2 AND used < ?1")
  static let revokeSession = Statement(
    "end a session", "UPDATE session SET revoked = ? WHERE id = ? AND revoked = 0")
  static let revokeSessions = Statement(
    "end the sessions of an account",
    """
    UPDATE session SET revoked = ?
    WHERE revoked = 0 AND account = (SELECT number FROM account WHERE name = ?)
    """)
  static let removeExpiredSessions = Statement(
    "forget the sessions whose time is over", "DELETE FROM session WHERE expires <= ?")
  static let displaceSessions = Statement(
    "end the oldest sessions of an account",
    """
    UPDATE session SET revoked = ?3, displaced = ?4
    WHERE account = ?1 AND revoked = 0 AND id NOT IN (
      SELECT id FROM session WHERE revoked = 0 AND account = ?1
      ORDER BY opened DESC, id LIMIT ?2)
    """)
  static let forgetEndedSessions = Statement(
    "forget the sessions of an account that were ended, but those that others displaced last",
    """
    DELETE FROM session WHERE account = ?1 AND revoked <> 0 AND id NOT IN (
      SELECT id FROM session WHERE displaced = ?3 AND account = ?1
      ORDER BY revoked DESC, opened DESC, id LIMIT ?2)
    """)
}

extension LedgerReader {
  /// The session of this identity, open or not.
  public func session(_ id: String) throws -> StoredSession? {
    try row(.session, [.text(id)], SessionTable.session)
  }
}

extension LedgerTransaction {
  /// Opens a session, and forgets those that have ended: everybody's by time, the account's own by
  /// hand.
  ///
  /// Of more than `most` the oldest end; as many of those are remembered, so that their programs can
  /// be told why.
  public func open(
    _ session: StoredSession, atMost most: Int = SessionLimits.standard.sessionsOfAccount
  ) throws {
    guard try self.session(session.id) == nil else {
      throw LedgerFailure(.exists, "that session is open already; draw another identity")
    }
    guard let account = try row(.accountNumber, [.text(session.account)], { $0.int64(0) }) else {
      throw LedgerFailure(.unknown, "there is no account \(session.account) to open a session for")
    }
    try put(.removeExpiredSessions, [.integer(session.opened)])
    try put(
      .displaceSessions,
      [.integer(account), .integer(most - 1), .integer(session.opened), .flag(true)])
    try put(.forgetEndedSessions, [.integer(account), .integer(most), .flag(true)])
    try put(
      .openSession, SessionTable.columns.values(of: session, and: .integer(account)))
  }

  /// Notes the use of a session.
  public func useSession(_ id: String, at time: Int64) throws {
    try put(.useSession, [.integer(time), .text(id)])
  }

  /// Ends a session.
  public func revokeSession(_ id: String, at time: Int64) throws {
    try put(.revokeSession, [.integer(time), .text(id)])
  }

  /// Ends all sessions of an account.
  public func revokeSessions(of account: String, at time: Int64) throws {
    try put(.revokeSessions, [.integer(time), .text(account)])
  }
}

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
  /// When the office above was told: milliseconds since 1970; 0: not yet.
  public var told: Int64 = 0
  /// When this office took note of it: milliseconds since 1970; 0: not yet.
  public var acknowledged: Int64 = 0
  /// Who took note.
  public var acknowledgedBy = ""

  /// A change that a node below has told of.
  public init(account: String, division: String, at: Int64, by: String) {
    number = 0
    self.account = account
    self.division = division
    self.at = at
    self.by = by
  }
}

/// How it lies in its row.
private enum PasswordChangeTable {
  private static let blank = PasswordChange(account: "", division: "", at: 0, by: "")
  static let noted = Columns(
    .passwordChange, readingFrom: blank,
    [
      Column("account", \.account), Column("division", \.division), Column("at", \.at),
      Column("by", \.by),
    ])

  static let selected = """
    \(noted.selected), password_change.number, password_change.told,
    password_change.acknowledged, password_change.acknowledged_by
    """

  static func change(_ row: any EngineRow) throws -> PasswordChange {
    var change = try noted.record(row)
    change.number = row.int64(noted.count)
    change.told = row.int64(noted.count + 1)
    change.acknowledged = row.int64(noted.count + 2)
    change.acknowledgedBy = row.text(noted.count + 3)
    return change
  }
}

extension Statement {
  static let untoldPasswordChanges = Statement(
    "the password changes to tell of",
    """
    SELECT \(PasswordChangeTable.selected) FROM password_change WHERE told = 0
    ORDER BY number LIMIT ?
    """)
  static let passwordChanges = Statement(
    "the password changes, the newest first",
    "SELECT \(PasswordChangeTable.selected) FROM password_change ORDER BY number DESC LIMIT ?")
  static let openPasswordChanges = Statement(
    "the password changes of which the office has not taken note, the oldest first",
    """
    SELECT \(PasswordChangeTable.selected) FROM password_change
    WHERE acknowledged = 0 AND number > ? ORDER BY number LIMIT ?
    """)
  static let acknowledgePasswordChange = Statement(
    "take note of a password change",
    """
    UPDATE password_change SET acknowledged = ?, acknowledged_by = ?
    WHERE number = ? AND acknowledged = 0
    """)
  static let markTold = Statement(
    "note that a password change was told of",
    "UPDATE password_change SET told = ? WHERE number = ?")
  static let notePasswordChange = Statement(
    "note the change of an account's password",
    """
    INSERT INTO password_change (account, division, at, by)
    SELECT name, division, ?, ? FROM account WHERE name = ?
    """)
  static let knownPasswordChange = Statement(
    "a password change that is here already",
    """
    SELECT number FROM password_change
    WHERE account = ? AND division = ? AND at = ? AND by = ? LIMIT 1
    """)
  static let keepPasswordChange = Statement(
    "keep a password change of a node below", PasswordChangeTable.noted.insert())
}

extension LedgerReader {
  /// The changes that the office has not been told of, the oldest first.
  public func untoldPasswordChanges(
    limit: Int = LedgerLimits.pageRows
  ) throws -> [PasswordChange] {
    try rows(
      .untoldPasswordChanges, [.integer(Self.page(limit))], PasswordChangeTable.change)
  }

  /// All changes, made here and told of by the nodes below, the newest first.
  public func passwordChanges(limit: Int = LedgerLimits.pageRows) throws -> [PasswordChange] {
    try rows(.passwordChanges, [.integer(Self.page(limit))], PasswordChangeTable.change)
  }
}

extension LedgerReader {
  /// The changes of which this office has not taken note, the oldest first; at most `limit` after a
  /// number.
  public func openPasswordChanges(
    after number: Int64 = 0, limit: Int = LedgerLimits.pageRows
  ) throws -> [PasswordChange] {
    try rows(
      .openPasswordChanges, [.integer(number), .integer(Self.page(limit))],
      PasswordChangeTable.change)
  }
}

extension LedgerTransaction {
  /// This office takes note of a change.
  ///
  /// - Returns: false where it has already, or there is none of that number.
  @discardableResult
  public func acknowledgePasswordChange(
    _ number: Int64, by account: String, at time: Int64
  ) throws -> Bool {
    try change(
      .acknowledgePasswordChange, [.integer(time), .text(account), .integer(number)]) == 1
  }

  /// The office has been told of a change.
  public func markTold(_ change: PasswordChange, at time: Int64) throws {
    try self.put(.markTold, [.integer(time), .integer(change.number)])
  }

  /// Keeps a change that a node below has told of; once, however often it tells.
  ///
  /// - Returns: false when it was here already.
  @discardableResult
  public func keep(_ change: PasswordChange) throws -> Bool {
    let values = PasswordChangeTable.noted.values(of: change)
    if try row(.knownPasswordChange, values, { $0.int64(0) }) != nil { return false }
    try self.put(.keepPasswordChange, values)
    return true
  }
}

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

  /// A change that a node below has told of.
  public init(account: String, division: String, at: Int64, by: String) {
    number = 0
    self.account = account
    self.division = division
    self.at = at
    self.by = by
  }

  init(_ row: SQLRow) {
    self.init(account: row.text(1), division: row.text(2), at: row.int64(3), by: row.text(4))
    number = row.int64(0)
    told = row.int64(5)
  }
}

extension LedgerReader {
  private static let passwordChangeColumns = "number, account, division, at, by, told"

  /// The changes that the office has not been told of, the oldest first.
  public func untoldPasswordChanges(
    limit: Int = LedgerLimits.pageRows
  ) throws -> [PasswordChange] {
    try rows(
      """
      SELECT \(Self.passwordChangeColumns) FROM password_change WHERE told = 0
      ORDER BY number LIMIT ?
      """, [.integer(Self.page(limit))], PasswordChange.init)
  }

  /// All changes, made here and told of by the nodes below, the newest first.
  public func passwordChanges(limit: Int = LedgerLimits.pageRows) throws -> [PasswordChange] {
    try rows(
      "SELECT \(Self.passwordChangeColumns) FROM password_change ORDER BY number DESC LIMIT ?",
      [.integer(Self.page(limit))], PasswordChange.init)
  }
}

extension LedgerTransaction {
  /// The office has been told of a change.
  public func markTold(_ change: PasswordChange, at time: Int64) throws {
    try execute(
      "UPDATE password_change SET told = ? WHERE number = ?",
      [.integer(time), .integer(change.number)])
  }

  /// Keeps a change that a node below has told of; once, however often it tells.
  ///
  /// - Returns: false when it was here already.
  @discardableResult
  public func keep(_ change: PasswordChange) throws -> Bool {
    let known = try row(
      """
      SELECT number FROM password_change
      WHERE account = ? AND division = ? AND at = ? AND by = ?
      """,
      [
        .text(change.account), .text(change.division), .integer(change.at), .text(change.by),
      ]
    ) { $0.int64(0) }
    if known != nil { return false }
    try execute(
      "INSERT INTO password_change (account, division, at, by) VALUES (?, ?, ?, ?)",
      [
        .text(change.account), .text(change.division), .integer(change.at), .text(change.by),
      ])
    return true
  }
}

/// A combined query that an operator has saved under a name (S10.3).
public struct SavedItemQuery: Sendable, Hashable {
  /// Whose.
  public var account: String
  /// Its name; an account has each once.
  public var name: String
  /// When it was saved: milliseconds since 1970.
  public var at: Int64
  /// Its conditions, as a message.
  public var body: [UInt8]

  /// A query to save.
  public init(account: String, name: String, at: Int64, body: [UInt8]) {
    self.account = account
    self.name = name
    self.at = at
    self.body = body
  }
}

private enum SavedQueryTable {
  static let columns = Columns(
    .savedQuery, readingFrom: SavedItemQuery(account: "", name: "", at: 0, body: []),
    [
      Column("account", \.account), Column("name", \.name), Column("at", \.at),
      Column("body", \.body),
    ])
}

extension Statement {
  static let savedQueries = Statement(
    "the saved queries of an account",
    """
    SELECT \(SavedQueryTable.columns.selected) FROM saved_query WHERE account = ?
    ORDER BY name LIMIT ?
    """)
  static let saveQuery = Statement(
    "save a query",
    """
    \(SavedQueryTable.columns.insert()) ON CONFLICT (account, name) DO UPDATE
    SET at = excluded.at, body = excluded.body
    """)
  static let forgetQuery = Statement(
    "forget a saved query", "DELETE FROM saved_query WHERE account = ? AND name = ?")
}

extension LedgerReader {
  /// What an account has saved, by name.
  public func savedQueries(of account: String) throws -> [SavedItemQuery] {
    let values: [StoredValue] = [
      .text(account), .integer(LedgerLimits.savedQueriesOfAccount),
    ]
    return try rows(.savedQueries, values) { try SavedQueryTable.columns.record($0) }
  }
}

extension LedgerTransaction {
  /// Keeps a query, in place of one of the same name; whether there was room: an account has at most
  /// ``LedgerLimits/savedQueriesOfAccount``.
  public func save(_ query: SavedItemQuery) throws -> Bool {
    let saved = try savedQueries(of: query.account)
    guard
      saved.count < LedgerLimits.savedQueriesOfAccount
        || saved.contains(where: { $0.name == query.name })
    else { return false }
    return try change(.saveQuery, SavedQueryTable.columns.values(of: query)) > 0
  }

  /// Removes a query of an account; whether there was one of that name.
  public func forgetQuery(_ name: String, of account: String) throws -> Bool {
    try change(.forgetQuery, [.text(account), .text(name)]) > 0
  }
}

extension Schema {
  /// The combined query: what was submitted in a period, and what somebody has saved (S10.3).
  static let queries = """
    CREATE INDEX item_submitted ON item (submitted) WHERE submitted > 0;

    CREATE TABLE saved_query (
      account TEXT NOT NULL,
      name TEXT NOT NULL,
      at INTEGER NOT NULL,
      body BLOB NOT NULL,
      PRIMARY KEY (account, name)
    ) WITHOUT ROWID;
    """
}

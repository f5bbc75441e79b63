extension Schema {
  /// Flow tables as they were published, and the capacities of places (S13.1).
  static let flows = """
    CREATE TABLE flow_release (
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      level INTEGER NOT NULL,
      at INTEGER NOT NULL,
      account TEXT NOT NULL,
      role TEXT NOT NULL,
      division TEXT NOT NULL,
      body BLOB NOT NULL,
      PRIMARY KEY (first, last)
    ) WITHOUT ROWID;
    CREATE TRIGGER flow_release_is_final BEFORE UPDATE ON flow_release
    BEGIN SELECT RAISE(ABORT, 'what is published never changes'); END;

    CREATE TABLE place_capacity (
      place TEXT NOT NULL PRIMARY KEY,
      capacity INTEGER NOT NULL,
      at INTEGER NOT NULL,
      account TEXT NOT NULL,
      role TEXT NOT NULL,
      division TEXT NOT NULL
    ) WITHOUT ROWID;
    """
}

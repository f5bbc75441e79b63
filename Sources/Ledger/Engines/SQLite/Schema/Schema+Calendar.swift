extension Schema {
  /// Days that differ from the calendar the program was built with (S4.5), and the due dates that a
  /// change of calendar moved.
  static let calendar = """
    CREATE TABLE calendar_day (
      day INTEGER NOT NULL PRIMARY KEY,
      type TEXT NOT NULL,
      name TEXT NOT NULL,
      in_lieu INTEGER NOT NULL,
      imported INTEGER NOT NULL
    );

    CREATE TABLE due_change (
      number INTEGER PRIMARY KEY,
      item INTEGER NOT NULL REFERENCES item (number),
      at INTEGER NOT NULL,
      old INTEGER NOT NULL,
      new INTEGER NOT NULL,
      reason TEXT NOT NULL,
      deadlines BLOB NOT NULL
    );
    CREATE INDEX due_change_item ON due_change (item);
    CREATE INDEX due_change_at ON due_change (at);
    """
}

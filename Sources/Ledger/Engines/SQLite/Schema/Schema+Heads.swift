extension Schema {
  /// What is remembered of the neighbours' logs: how many pages each has, and the roots of its full
  /// parts; and where the two sides' memories differ, since when (milliseconds since 1970, 0: not).
  ///
  /// `other` is a head of the neighbour's log that it has told here once and does not stand by any
  /// more; `mine` one of this node's log that the neighbour remembers and that is not its past.
  static let heads = """
    CREATE TABLE neighbour_log (
      division TEXT NOT NULL PRIMARY KEY,
      pages INTEGER NOT NULL,
      peaks BLOB NOT NULL,
      at INTEGER NOT NULL,
      other_pages INTEGER NOT NULL,
      other_root BLOB NOT NULL,
      other_since INTEGER NOT NULL,
      mine_pages INTEGER NOT NULL,
      mine_root BLOB NOT NULL,
      mine_since INTEGER NOT NULL
    ) WITHOUT ROWID;
    """
}

extension Schema {
  /// Figures of closed cycles, as they were when they were frozen; rows are only added.
  static let frozenFigures = """
    CREATE TABLE figure_version (
      cycle INTEGER NOT NULL,
      county TEXT NOT NULL,
      version INTEGER NOT NULL,
      frozen INTEGER NOT NULL,
      rules TEXT NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      counts BLOB NOT NULL,
      PRIMARY KEY (cycle, county, version)
    ) WITHOUT ROWID;
    CREATE TRIGGER figure_version_is_final BEFORE UPDATE ON figure_version
    BEGIN SELECT RAISE(ABORT, 'a version never changes'); END;
    """
}

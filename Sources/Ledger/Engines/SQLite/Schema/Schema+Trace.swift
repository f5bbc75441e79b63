extension Schema {
  /// Who read which record, when and why (G2).
  ///
  /// Rows are only ever added; each holds the hash of the one before, so that a row taken out or
  /// changed behind the program's back shows.
  static let trace = """
    CREATE TABLE trace (
      number INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      account TEXT NOT NULL,
      role TEXT NOT NULL,
      division TEXT NOT NULL,
      action TEXT NOT NULL,
      purpose TEXT NOT NULL,
      item BLOB,
      subject_key TEXT NOT NULL,
      previous BLOB NOT NULL,
      hash BLOB NOT NULL
    );
    CREATE INDEX trace_item ON trace (item) WHERE item IS NOT NULL;
    CREATE INDEX trace_subject ON trace (subject_key) WHERE subject_key <> '';
    CREATE TRIGGER trace_is_final BEFORE UPDATE ON trace
    BEGIN SELECT RAISE(ABORT, 'the trace never changes'); END;
    CREATE TRIGGER trace_is_kept BEFORE DELETE ON trace
    BEGIN SELECT RAISE(ABORT, 'the trace is kept'); END;
    """
}

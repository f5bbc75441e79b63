extension Schema {
  /// S7.1: the steps of the confirmation of a case that the other side opened.
  ///
  /// Rows are only added; the last one of a person says how it stands.
  static let confirmations = """
    CREATE TABLE confirmation (
      number INTEGER PRIMARY KEY,
      subject_key TEXT NOT NULL,
      state TEXT NOT NULL,
      at INTEGER NOT NULL,
      account TEXT NOT NULL,
      role TEXT NOT NULL,
      division TEXT NOT NULL,
      item BLOB NOT NULL CHECK (length(item) = 16),
      note TEXT NOT NULL
    );
    CREATE INDEX confirmation_subject ON confirmation (subject_key);
    CREATE TRIGGER confirmation_is_final BEFORE UPDATE ON confirmation
    BEGIN SELECT RAISE(ABORT, 'a step never changes'); END;
    """
}

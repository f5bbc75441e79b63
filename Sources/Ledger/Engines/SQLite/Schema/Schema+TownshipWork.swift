extension Schema {
  /// What spot checks of answers have found (S10.7); rows are only added, the last of an item counts.
  static let townshipWork = """
    CREATE TABLE spot_check (
      number INTEGER PRIMARY KEY,
      item INTEGER NOT NULL REFERENCES item (number),
      at INTEGER NOT NULL,
      account TEXT NOT NULL,
      role TEXT NOT NULL,
      division TEXT NOT NULL,
      outcome INTEGER NOT NULL,
      note TEXT NOT NULL
    );
    CREATE INDEX spot_check_item ON spot_check (item);
    CREATE TRIGGER spot_check_is_final BEFORE UPDATE ON spot_check
    BEGIN SELECT RAISE(ABORT, 'a spot check never changes'); END;
    """
}

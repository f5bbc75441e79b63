extension Schema {
  /// The log: a page for each commit, the end of its tree, where each event and trace stands in it,
  /// and whose signatures can be checked.
  ///
  /// What was written before has no place in it; the marks of before (`seal`) said nothing to others.
  static let log = """
    CREATE TABLE log_page (
      number INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      leaves BLOB NOT NULL,
      log BLOB NOT NULL,
      signer BLOB NOT NULL,
      signature BLOB NOT NULL
    );
    CREATE TABLE log_end (number INTEGER NOT NULL, peaks BLOB NOT NULL);
    INSERT INTO log_end VALUES (0, x'');
    CREATE TABLE signatory (
      fingerprint BLOB PRIMARY KEY,
      division TEXT NOT NULL,
      certificate BLOB NOT NULL,
      authorities BLOB NOT NULL,
      since INTEGER NOT NULL
    ) WITHOUT ROWID;

    DROP TRIGGER item_event_is_final;
    UPDATE item_event SET seal = x'' WHERE seal <> x'';
    CREATE TRIGGER item_event_is_final BEFORE UPDATE ON item_event
    BEGIN SELECT RAISE(ABORT, 'an event never changes'); END;
    ALTER TABLE item_event ADD COLUMN page INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE item_event ADD COLUMN entry INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE trace ADD COLUMN page INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE trace ADD COLUMN entry INTEGER NOT NULL DEFAULT 0;

    DELETE FROM setting WHERE name IN ('seal', 'sealed since');
    INSERT INTO setting SELECT 'unsealed', '1' WHERE EXISTS (SELECT 1 FROM item_event);
    """
}

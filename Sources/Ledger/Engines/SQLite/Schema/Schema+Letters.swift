extension Schema {
  /// Letters between offices (S10.4, S10.6, S12.5), with their steps, which never change, and how far this ledger
  /// has come in a neighbour's letters.
  ///
  /// `office` is the lower of issuer and addressee: who may see it may see the letter. `peer` is the division of the node at the other end; empty: both offices are this node's. `told`
  /// says that a step came from there.
  static let letters = """
    CREATE TABLE letter (
      number INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      kind INTEGER NOT NULL,
      issuer TEXT NOT NULL,
      addressee TEXT NOT NULL,
      office TEXT NOT NULL,
      peer TEXT NOT NULL,
      period INTEGER NOT NULL,
      part INTEGER NOT NULL,
      lines INTEGER NOT NULL,
      issued INTEGER NOT NULL,
      delivered INTEGER NOT NULL DEFAULT 0,
      acknowledged INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX letter_period ON letter (kind, period, office, part);
    CREATE INDEX letter_waiting ON letter (kind, addressee, period) WHERE acknowledged = 0;

    CREATE TABLE letter_event (
      number INTEGER PRIMARY KEY,
      letter INTEGER NOT NULL REFERENCES letter (number),
      peer TEXT NOT NULL,
      told INTEGER NOT NULL,
      step INTEGER NOT NULL,
      at INTEGER NOT NULL,
      account TEXT NOT NULL,
      role TEXT NOT NULL,
      division TEXT NOT NULL,
      note TEXT NOT NULL,
      follows BLOB NOT NULL,
      body BLOB NOT NULL,
      seal BLOB NOT NULL,
      page INTEGER NOT NULL,
      entry INTEGER NOT NULL,
      UNIQUE (letter, step)
    );
    CREATE INDEX letter_event_peer ON letter_event (peer, number) WHERE peer <> '';
    CREATE TRIGGER letter_event_is_final BEFORE UPDATE ON letter_event
    BEGIN SELECT RAISE(ABORT, 'a step of a letter never changes'); END;

    CREATE TABLE letter_inbox (
      peer TEXT NOT NULL PRIMARY KEY,
      store TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      head BLOB NOT NULL
    ) WITHOUT ROWID;
    """
}

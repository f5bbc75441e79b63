extension Schema {
  /// What goes to the peers and what came from them.
  ///
  /// `outbox_peer.last` outlives the acknowledged rows: a sequence is given out once, for ever.
  static let link = """
    INSERT INTO setting VALUES ('outbox', lower(hex(randomblob(16))));

    CREATE TABLE outbox_peer (
      number INTEGER PRIMARY KEY,
      division TEXT NOT NULL UNIQUE,
      last INTEGER NOT NULL DEFAULT 0,
      acknowledged INTEGER NOT NULL DEFAULT 0
    );

    CREATE TABLE outbox (
      peer INTEGER NOT NULL REFERENCES outbox_peer (number),
      sequence INTEGER NOT NULL,
      event INTEGER NOT NULL REFERENCES item_event (number),
      PRIMARY KEY (peer, sequence)
    ) WITHOUT ROWID;

    CREATE TABLE inbox (
      peer TEXT NOT NULL PRIMARY KEY,
      outbox TEXT NOT NULL,
      sequence INTEGER NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE quarantine (
      number INTEGER PRIMARY KEY,
      peer TEXT NOT NULL,
      outbox TEXT NOT NULL,
      sequence INTEGER NOT NULL,
      event BLOB,
      item BLOB,
      at INTEGER NOT NULL,
      reason TEXT NOT NULL,
      field TEXT NOT NULL,
      text TEXT NOT NULL,
      body BLOB NOT NULL,
      UNIQUE (peer, outbox, sequence)
    );
    """

  /// To find a peer's oldest.
  static let quarantineByPeer = "CREATE INDEX quarantine_peer ON quarantine (peer)"
}

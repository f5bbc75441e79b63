extension PostgreSQLSchema {
  /// Letters between offices, with their steps, and how far this ledger has come in a neighbour's.
  static let letters = [
    """
    CREATE TABLE letter (
      \(number),
      \(id),
      kind BIGINT NOT NULL,
      issuer TEXT NOT NULL,
      addressee TEXT NOT NULL,
      office TEXT NOT NULL,
      peer TEXT NOT NULL,
      period BIGINT NOT NULL,
      part BIGINT NOT NULL,
      lines BIGINT NOT NULL,
      issued BIGINT NOT NULL,
      delivered BIGINT NOT NULL DEFAULT 0,
      acknowledged BIGINT NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX letter_period ON letter (kind, period, office, part)",
    "CREATE INDEX letter_waiting ON letter (kind, addressee, period) WHERE acknowledged = 0",
    """
    CREATE TABLE letter_event (
      \(number),
      letter BIGINT NOT NULL,
      peer TEXT NOT NULL,
      told BOOLEAN NOT NULL,
      step BIGINT NOT NULL,
      at BIGINT NOT NULL,
      \(actor),
      note TEXT NOT NULL,
      follows BYTEA NOT NULL,
      body BYTEA NOT NULL,
      seal BYTEA NOT NULL,
      page BIGINT NOT NULL,
      entry BIGINT NOT NULL,
      UNIQUE (letter, step)
    )
    """,
    "CREATE INDEX letter_event_peer ON letter_event (peer, number) WHERE peer <> ''",
    "CREATE INDEX letter_event_written ON letter_event (account, at, number) WHERE seal = ''",
    final(.letterEvent, "a step of a letter never changes"),
    """
    CREATE TABLE letter_inbox (
      peer TEXT NOT NULL PRIMARY KEY,
      store TEXT NOT NULL,
      sequence BIGINT NOT NULL,
      head BYTEA NOT NULL
    )
    """,
  ]
}

extension PostgreSQLSchema {
  /// What goes to the neighbours and came from them, and what is remembered of them.
  static let link = [
    """
    CREATE TABLE outbox_peer (
      \(number),
      division TEXT NOT NULL UNIQUE,
      last BIGINT NOT NULL DEFAULT 0,
      acknowledged BIGINT NOT NULL DEFAULT 0,
      store TEXT NOT NULL DEFAULT '',
      catch_up BIGINT,
      head BYTEA NOT NULL DEFAULT '',
      acknowledged_head BYTEA NOT NULL DEFAULT '',
      met BIGINT NOT NULL DEFAULT 0,
      ahead BIGINT NOT NULL DEFAULT 0,
      program TEXT NOT NULL DEFAULT ''
    )
    """,
    """
    CREATE TABLE outbox (
      peer BIGINT NOT NULL,
      sequence BIGINT NOT NULL,
      event BIGINT NOT NULL,
      head BYTEA NOT NULL DEFAULT '',
      trace BYTEA NOT NULL DEFAULT '',
      PRIMARY KEY (peer, sequence)
    )
    """,
    """
    CREATE TABLE inbox (
      peer TEXT NOT NULL PRIMARY KEY,
      outbox TEXT NOT NULL,
      sequence BIGINT NOT NULL,
      head BYTEA NOT NULL DEFAULT ''
    )
    """,
    """
    CREATE TABLE quarantine (
      \(number),
      \(setAside),
      body BYTEA NOT NULL,
      dismissed BIGINT NOT NULL DEFAULT 0,
      dismissed_by TEXT NOT NULL DEFAULT '',
      dismissed_why TEXT NOT NULL DEFAULT '',
      UNIQUE (peer, outbox, sequence)
    )
    """,
    "CREATE INDEX quarantine_peer ON quarantine (peer, number)",
    "CREATE INDEX quarantine_item ON quarantine (item, number) WHERE item IS NOT NULL",
    "CREATE TABLE objection (\(setAside), PRIMARY KEY (peer, outbox, sequence))",
    "CREATE INDEX objection_item ON objection (item) WHERE item IS NOT NULL",
    "CREATE TABLE awaited (division TEXT NOT NULL PRIMARY KEY)",
    """
    CREATE TABLE neighbour_log (
      division TEXT NOT NULL PRIMARY KEY,
      pages BIGINT NOT NULL,
      peaks BYTEA NOT NULL,
      at BIGINT NOT NULL,
      other_pages BIGINT NOT NULL,
      other_root BYTEA NOT NULL,
      other_since BIGINT NOT NULL,
      mine_pages BIGINT NOT NULL,
      mine_root BYTEA NOT NULL,
      mine_since BIGINT NOT NULL
    )
    """,
  ]

  /// What was not taken, here or by a neighbour.
  private static let setAside = """
    peer TEXT NOT NULL,
    outbox TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    event BYTEA,
    item BYTEA,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    field TEXT NOT NULL,
    text TEXT NOT NULL
    """
}

extension PostgreSQLSchema {
  /// The register of records, what is published of it, and the calendar.
  static let register = [
    """
    CREATE TABLE record (
      \(number),
      \(id),
      subject_key TEXT NOT NULL,
      category BIGINT NOT NULL,
      current BIGINT NOT NULL
    )
    """,
    "CREATE INDEX record_subject ON record (subject_key, category)",
    """
    CREATE TABLE record_version (
      \(number),
      record BIGINT NOT NULL,
      version BIGINT NOT NULL,
      withdrawn BOOLEAN NOT NULL,
      at BIGINT NOT NULL,
      \(actor),
      source_item BYTEA,
      note TEXT NOT NULL,
      body BYTEA NOT NULL,
      UNIQUE (record, version)
    )
    """,
    final(.recordVersion, "a version never changes"),
    """
    CREATE TABLE subject_merge (
      \(number),
      merged TEXT NOT NULL,
      into_key TEXT NOT NULL,
      at BIGINT NOT NULL,
      \(actor),
      reason TEXT NOT NULL,
      undone BIGINT NOT NULL DEFAULT 0,
      undone_by TEXT NOT NULL DEFAULT '',
      CHECK (merged <> into_key)
    )
    """,
    "CREATE UNIQUE INDEX subject_merge_merged ON subject_merge (merged) WHERE undone = 0",
    "CREATE INDEX subject_merge_into ON subject_merge (into_key) WHERE undone = 0",
    """
    CREATE TABLE confirmation (
      \(number),
      subject_key TEXT NOT NULL,
      state TEXT NOT NULL,
      at BIGINT NOT NULL,
      \(actor),
      item BYTEA NOT NULL CHECK (length(item) = 16),
      note TEXT NOT NULL
    )
    """,
    "CREATE INDEX confirmation_subject ON confirmation (subject_key, number)",
    final(.confirmation, "a step never changes"),
    """
    CREATE TABLE calendar_day (
      day BIGINT NOT NULL PRIMARY KEY,
      type TEXT NOT NULL,
      name TEXT NOT NULL,
      in_lieu BOOLEAN NOT NULL,
      imported BIGINT NOT NULL
    )
    """,
    """
    CREATE TABLE flow_release (
      first BIGINT NOT NULL,
      last BIGINT NOT NULL,
      level BIGINT NOT NULL,
      at BIGINT NOT NULL,
      \(actor),
      body BYTEA NOT NULL,
      PRIMARY KEY (first, last)
    )
    """,
    final(.flowRelease, "what is published never changes"),
    """
    CREATE TABLE place_capacity (
      place TEXT NOT NULL PRIMARY KEY,
      capacity BIGINT NOT NULL,
      at BIGINT NOT NULL,
      \(actor)
    )
    """,
  ]
}

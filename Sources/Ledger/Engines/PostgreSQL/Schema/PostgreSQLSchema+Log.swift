extension PostgreSQLSchema {
  /// The trace of who read what, and the log that is signed.
  static let log = [
    """
    CREATE TABLE trace (
      number BIGINT PRIMARY KEY,
      at BIGINT NOT NULL,
      \(actor),
      action TEXT NOT NULL,
      purpose TEXT NOT NULL,
      item BYTEA,
      subject_key TEXT NOT NULL,
      previous BYTEA NOT NULL,
      hash BYTEA NOT NULL,
      page BIGINT NOT NULL DEFAULT 0,
      entry BIGINT NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX trace_item ON trace (item, number) WHERE item IS NOT NULL",
    "CREATE INDEX trace_subject ON trace (subject_key) WHERE subject_key <> ''",
    "CREATE INDEX trace_account ON trace (account, at, number)",
    "CREATE INDEX trace_at ON trace (at, number)",
    final(.trace, "the trace never changes"),
    """
    CREATE TRIGGER trace_is_kept BEFORE DELETE ON trace
    FOR EACH ROW EXECUTE FUNCTION refuse_change('the trace is kept')
    """,
    """
    CREATE TABLE log_page (
      number BIGINT PRIMARY KEY,
      at BIGINT NOT NULL,
      leaves BYTEA NOT NULL,
      log BYTEA NOT NULL,
      signer BYTEA NOT NULL,
      signature BYTEA NOT NULL
    )
    """,
    "CREATE TABLE log_end (number BIGINT NOT NULL, peaks BYTEA NOT NULL)",
    "INSERT INTO log_end VALUES (0, '')",
    """
    CREATE TABLE signatory (
      fingerprint BYTEA PRIMARY KEY,
      division TEXT NOT NULL,
      certificate BYTEA NOT NULL,
      authorities BYTEA NOT NULL,
      since BIGINT NOT NULL
    )
    """,
  ]
}

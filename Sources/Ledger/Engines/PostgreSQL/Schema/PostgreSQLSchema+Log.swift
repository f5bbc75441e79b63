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
      entry BIGINT NOT NULL DEFAULT 0,
      salt BYTEA NOT NULL DEFAULT '',
      person_digest BYTEA NOT NULL DEFAULT ''
    )
    """,
    "CREATE INDEX trace_item ON trace (item, number) WHERE item IS NOT NULL",
    "CREATE INDEX trace_subject ON trace (subject_key) WHERE subject_key <> ''",
    "CREATE INDEX trace_account ON trace (account, at, number)",
    "CREATE INDEX trace_at ON trace (at, number)",
    final(
      .trace, "the trace never changes",
      unless: """
        OLD.person_digest = '' AND length(OLD.salt) > 0 AND length(NEW.person_digest) = 32
        AND NEW.salt = '' AND NEW.purpose = '' AND NEW.subject_key = ''
        AND NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.account = OLD.account
        AND NEW.role = OLD.role AND NEW.division = OLD.division AND NEW.action = OLD.action
        AND NEW.item IS NOT DISTINCT FROM OLD.item AND NEW.previous = OLD.previous
        AND NEW.hash = OLD.hash AND NEW.page = OLD.page AND NEW.entry = OLD.entry
        """),
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

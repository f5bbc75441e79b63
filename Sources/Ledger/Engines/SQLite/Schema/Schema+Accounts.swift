extension Schema {
  /// Who may come in: operators with their verifiers (never a password, S8.1), their sessions and
  /// log-in days (S10.1), and the register of nodes (S2.3).
  static let accounts = """
    CREATE TABLE account (
      number INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      display_name TEXT NOT NULL,
      role TEXT NOT NULL,
      division TEXT NOT NULL,
      verifier TEXT NOT NULL,
      previous_verifier TEXT,
      previous_until INTEGER NOT NULL DEFAULT 0,
      created INTEGER NOT NULL,
      disabled INTEGER NOT NULL DEFAULT 0,
      failures INTEGER NOT NULL DEFAULT 0,
      locked_until INTEGER NOT NULL DEFAULT 0,
      last_login INTEGER NOT NULL DEFAULT 0,
      password_changed INTEGER NOT NULL
    );
    CREATE INDEX account_division ON account (division);

    CREATE TABLE login_day (
      account INTEGER NOT NULL REFERENCES account (number),
      day INTEGER NOT NULL,
      first INTEGER NOT NULL,
      logins INTEGER NOT NULL,
      PRIMARY KEY (account, day)
    ) WITHOUT ROWID;

    CREATE TABLE session (
      id TEXT NOT NULL PRIMARY KEY,
      account INTEGER NOT NULL REFERENCES account (number),
      verifier TEXT NOT NULL,
      opened INTEGER NOT NULL,
      expires INTEGER NOT NULL,
      revoked INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE INDEX session_account ON session (account);
    CREATE INDEX session_expires ON session (expires);

    CREATE TABLE password_change (
      number INTEGER PRIMARY KEY,
      account TEXT NOT NULL,
      division TEXT NOT NULL,
      at INTEGER NOT NULL,
      by TEXT NOT NULL,
      told INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX password_change_untold ON password_change (number) WHERE told = 0;

    CREATE TABLE node (
      division TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      fingerprint BLOB NOT NULL,
      enabled INTEGER NOT NULL,
      registered INTEGER NOT NULL,
      last_seen INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    """

  /// When the last sign-in failed, so that old failures are forgotten.
  static let lastFailure =
    "ALTER TABLE account ADD COLUMN last_failure INTEGER NOT NULL DEFAULT 0"

  /// A word that is another one whenever a node was added.
  static let nodeRegister = """
    INSERT INTO setting VALUES ('nodes', '');
    CREATE TRIGGER node_added AFTER INSERT ON node
    BEGIN UPDATE setting SET value = lower(hex(randomblob(8))) WHERE name = 'nodes'; END;
    """
}

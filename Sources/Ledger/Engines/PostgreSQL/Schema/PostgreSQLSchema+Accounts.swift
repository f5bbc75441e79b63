extension PostgreSQLSchema {
  /// Who may come in, how credentials are rotated, and whom the network trusts.
  static let accounts = [
    """
    CREATE TABLE account (
      \(number),
      name TEXT NOT NULL UNIQUE,
      display_name TEXT NOT NULL,
      role TEXT NOT NULL,
      division TEXT NOT NULL,
      verifier TEXT NOT NULL,
      previous_verifier TEXT,
      previous_until BIGINT NOT NULL DEFAULT 0,
      created BIGINT NOT NULL,
      disabled BIGINT NOT NULL DEFAULT 0,
      failures BIGINT NOT NULL DEFAULT 0,
      last_failure BIGINT NOT NULL DEFAULT 0,
      locked_until BIGINT NOT NULL DEFAULT 0,
      last_login BIGINT NOT NULL DEFAULT 0,
      previous_login BIGINT NOT NULL DEFAULT 0,
      last_address TEXT NOT NULL DEFAULT '',
      previous_address TEXT NOT NULL DEFAULT '',
      password_changed BIGINT NOT NULL
    )
    """,
    "CREATE INDEX account_division ON account (division)",
    """
    CREATE TRIGGER account_rights
    AFTER UPDATE OF disabled, verifier, previous_verifier, role, division ON account
    FOR EACH ROW EXECUTE FUNCTION renew_setting('rights')
    """,
    """
    CREATE TABLE login_day (
      account BIGINT NOT NULL,
      day BIGINT NOT NULL,
      first BIGINT NOT NULL,
      logins BIGINT NOT NULL,
      PRIMARY KEY (account, day)
    )
    """,
    """
    CREATE TABLE session (
      id TEXT NOT NULL PRIMARY KEY,
      account BIGINT NOT NULL,
      verifier TEXT NOT NULL,
      opened BIGINT NOT NULL,
      expires BIGINT NOT NULL,
      used BIGINT NOT NULL DEFAULT 0,
      revoked BIGINT NOT NULL DEFAULT 0,
      displaced BOOLEAN NOT NULL DEFAULT FALSE
    )
    """,
    """
    CREATE TABLE account_certificate (
      fingerprint BYTEA NOT NULL PRIMARY KEY,
      account BIGINT NOT NULL,
      serial TEXT NOT NULL,
      bound BIGINT NOT NULL,
      expires BIGINT NOT NULL,
      revoked BIGINT NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX account_certificate_account ON account_certificate (account, bound)",
    """
    CREATE TRIGGER account_certificate_rights AFTER UPDATE OF revoked ON account_certificate
    FOR EACH ROW EXECUTE FUNCTION renew_setting('rights')
    """,
    """
    CREATE TABLE saved_query (
      account TEXT NOT NULL,
      name TEXT NOT NULL,
      at BIGINT NOT NULL,
      body BYTEA NOT NULL,
      PRIMARY KEY (account, name)
    )
    """,
    "CREATE INDEX session_account ON session (account)",
    "CREATE INDEX session_expires ON session (expires)",
    """
    CREATE TABLE password_change (
      \(number),
      account TEXT NOT NULL,
      division TEXT NOT NULL,
      at BIGINT NOT NULL,
      by TEXT NOT NULL,
      told BIGINT NOT NULL DEFAULT 0,
      acknowledged BIGINT NOT NULL DEFAULT 0,
      acknowledged_by TEXT NOT NULL DEFAULT ''
    )
    """,
    "CREATE INDEX password_change_untold ON password_change (number) WHERE told = 0",
    "CREATE INDEX password_change_open ON password_change (number) WHERE acknowledged = 0",
    """
    CREATE TABLE node (
      division TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      fingerprint BYTEA NOT NULL,
      coming BYTEA NOT NULL DEFAULT '',
      enabled BOOLEAN NOT NULL,
      registered BIGINT NOT NULL,
      last_seen BIGINT NOT NULL DEFAULT 0,
      trust BIGINT NOT NULL DEFAULT 0
    )
    """,
    """
    CREATE TRIGGER node_added AFTER INSERT ON node
    FOR EACH ROW EXECUTE FUNCTION renew_setting('nodes')
    """,
    """
    CREATE TRIGGER node_rights AFTER UPDATE OF enabled, fingerprint, coming ON node
    FOR EACH ROW EXECUTE FUNCTION renew_setting('rights')
    """,
    """
    CREATE TABLE rotation (
      \(number),
      peer TEXT NOT NULL,
      kind BIGINT NOT NULL DEFAULT 1 CHECK (kind BETWEEN 1 AND 2),
      step BIGINT NOT NULL CHECK (step BETWEEN 1 AND 7),
      overlap BIGINT NOT NULL,
      begun BIGINT NOT NULL,
      by TEXT NOT NULL,
      changed BIGINT NOT NULL,
      until BIGINT NOT NULL DEFAULT 0,
      failure TEXT NOT NULL DEFAULT '',
      is_over BOOLEAN GENERATED ALWAYS AS (step IN (5, 7)) STORED
    )
    """,
    "CREATE UNIQUE INDEX rotation_open ON rotation (peer) WHERE NOT is_over",
    """
    CREATE TABLE certificate_request (
      division TEXT NOT NULL PRIMARY KEY,
      request BYTEA NOT NULL,
      certificate BYTEA NOT NULL,
      asked BIGINT NOT NULL,
      issued BYTEA NOT NULL DEFAULT ''
    )
    """,
    """
    CREATE TABLE trust_bundle (
      number BIGINT PRIMARY KEY,
      bundle BYTEA NOT NULL,
      at BIGINT NOT NULL,
      applied BIGINT NOT NULL DEFAULT 0
    )
    """,
  ]
}

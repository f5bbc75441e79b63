extension Schema {
  /// A word that is another one whenever somebody's rights may have become less: a program of its own
  /// changes accounts and nodes, and the running node is to end what is open within a second.
  static let rights = """
    INSERT INTO setting VALUES ('rights', '');
    CREATE TRIGGER account_rights
    AFTER UPDATE OF disabled, verifier, previous_verifier, role, division ON account
    BEGIN UPDATE setting SET value = lower(hex(randomblob(8))) WHERE name = 'rights'; END;
    CREATE TRIGGER node_rights AFTER UPDATE OF enabled, fingerprint, coming ON node
    BEGIN UPDATE setting SET value = lower(hex(randomblob(8))) WHERE name = 'rights'; END;
    """

  /// When a session was used last, in milliseconds since 1970; 0: since it was opened.
  static let usedSessions = "ALTER TABLE session ADD COLUMN used INTEGER NOT NULL DEFAULT 0"
}

extension Schema {
  /// The certificates that people show beside their passwords (AUTH-4): bound to one account, and
  /// remembered when they count no more.
  ///
  /// One that is revoked ends within a second what it has opened.
  static let secondFactor = """
    CREATE TABLE account_certificate (
      fingerprint BLOB NOT NULL PRIMARY KEY,
      account INTEGER NOT NULL REFERENCES account (number),
      serial TEXT NOT NULL,
      bound INTEGER NOT NULL,
      expires INTEGER NOT NULL,
      revoked INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE INDEX account_certificate_account ON account_certificate (account, bound);
    CREATE TRIGGER account_certificate_rights AFTER UPDATE OF revoked ON account_certificate
    BEGIN UPDATE setting SET value = lower(hex(randomblob(8))) WHERE name = 'rights'; END;
    """

  /// Whether a session was ended by newer ones of its account.
  static let displacedSessions =
    "ALTER TABLE session ADD COLUMN displaced INTEGER NOT NULL DEFAULT 0"
}

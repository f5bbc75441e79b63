extension Schema {
  /// When the office took note of a changed password, and who did (S8.2); 0: not yet.
  static let acknowledgedPasswords = """
    ALTER TABLE password_change ADD COLUMN acknowledged INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE password_change ADD COLUMN acknowledged_by TEXT NOT NULL DEFAULT '';
    CREATE INDEX password_change_open ON password_change (number) WHERE acknowledged = 0;
    """
}

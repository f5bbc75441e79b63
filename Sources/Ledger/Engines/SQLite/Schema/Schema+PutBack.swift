extension Schema {
  /// The neighbours of a ledger that was put back which have not told everything yet.
  static let putBack = """
    CREATE TABLE awaited (division TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
    """

  /// What an administrator has put away of what was set aside: when (milliseconds since 1970, 0:
  /// not), who and why.
  static let dismissals = """
    ALTER TABLE quarantine ADD COLUMN dismissed INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE quarantine ADD COLUMN dismissed_by TEXT NOT NULL DEFAULT '';
    ALTER TABLE quarantine ADD COLUMN dismissed_why TEXT NOT NULL DEFAULT '';
    """
}

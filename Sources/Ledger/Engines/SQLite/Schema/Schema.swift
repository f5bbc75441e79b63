internal import GRDB

/// The versions of the schema, oldest first.
///
/// Each is one transaction; a released one never changes.
enum Schema {
  /// "XCLG": marks the file as ours (SQLite's application_id), so that no other database is touched.
  static let applicationID: Int32 = 0x5843_4c47

  private static let versions: [(name: String, sql: String)] = [
    ("1 items", items),
    ("1 link", link),
    ("1 accounts", accounts),
    ("1 trace", trace),
    ("1 register", register),
    ("1 calendar", calendar),
    ("2 confirmations", confirmations),
    ("3 catch-up", catchUp),
    ("3 last failure", lastFailure),
    ("3 quarantine by peer", quarantineByPeer),
    ("3 node register", nodeRegister),
    ("4 histories", histories),
    ("4 objections", objections),
    ("5 log", log),
    ("6 figures", figures),
    ("6 frozen figures", frozenFigures),
    ("7 put back", putBack),
    ("7 dismissals", dismissals),
    ("8 trace search", traceSearch),
    ("8 taken back", takenBack),
    ("9 rotations", rotations),
    ("9 heads", heads),
    ("9 certificates", certificates),
    ("9 previous sign-in", previousSignIn),
    ("9 dunning", letters),
    ("9 township work", townshipWork),
    ("9 flows", flows),
    ("10 audit search", auditSearch),
    ("10 keys", keys),
    ("10 acknowledged passwords", acknowledgedPasswords),
    ("10 rights", rights),
    ("10 used sessions", usedSessions),
    ("10 removal", removal),
    ("11 queries", queries),
    ("11 sign-in addresses", signInAddresses),
    ("11 person rights", personRights),
    ("11 requests", requests),
    ("12 second factor", secondFactor),
    ("12 displaced sessions", displacedSessions),
  ]

  /// What a version makes of the rows that are there, where SQL does not tell.
  private static let fillings: [String: @Sendable (Database) throws -> Void] = [
    "6 figures": countItems, "8 taken back": takeMoreNumbers,
    "11 person rights": takeNumbersOfRights,
  ]

  static var migrator: DatabaseMigrator { updating { _ in true } }

  /// What brings a file to those of the versions that are wanted.
  static func updating(to isWanted: (String) -> Bool) -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for version in versions where isWanted(version.name) {
      migrator.registerMigration(version.name, foreignKeyChecks: .immediate) { database in
        try database.execute(sql: version.sql)
        try fillings[version.name]?(database)
      }
    }
    return migrator
  }
}

internal import GRDB

extension Schema {
  /// When an item was taken back; and from whom an assignment was taken back.
  static let takenBack = """
    ALTER TABLE item ADD COLUMN time_withdrawn INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE item ADD COLUMN taken_from TEXT NOT NULL DEFAULT '';
    """

  /// Lets an item be withdrawn and an event take back another: one more number each.
  @Sendable static func takeMoreNumbers(_ database: Database) throws {
    try widen("item", "state BETWEEN 1 AND 9", to: "state BETWEEN 1 AND 10", database)
    try widen("item_event", "kind BETWEEN 1 AND 10", to: "kind BETWEEN 1 AND 11", database)
  }

  /// Gives a table a wider CHECK.
  ///
  /// It changes no row, so the table is not written anew but its text, in the steps that SQLite gives
  /// for it (lang_altertable.html, section 7).
  static func widen(
    _ table: String, _ check: String, to wider: String, _ database: Database
  ) throws {
    let version = try Int.fetchOne(database, sql: "PRAGMA schema_version") ?? 0
    try database.execute(
      sql: """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET sql = replace(sql, 'CHECK (\(check))', 'CHECK (\(wider))')
          WHERE type = 'table' AND name = '\(table)';
        PRAGMA schema_version = \(version + 1);
        PRAGMA writable_schema = RESET;
        """)
  }
}

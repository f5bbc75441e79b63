internal import GRDB

extension Schema {
  /// When an item was taken back; and from whom an assignment was taken back.
  static let takenBack = """
    ALTER TABLE item ADD COLUMN time_withdrawn INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE item ADD COLUMN taken_from TEXT NOT NULL DEFAULT '';
    """

  /// Lets an item be withdrawn and an event take back another: one more number each.
  ///
  /// A wider CHECK changes no row, so the tables are not written anew but their texts, in the steps
  /// that SQLite gives for it (lang_altertable.html, section 7).
  @Sendable static func takeMoreNumbers(_ database: Database) throws {
    let version = try Int.fetchOne(database, sql: "PRAGMA schema_version") ?? 0
    try database.execute(
      sql: """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_master
          SET sql = replace(sql, 'CHECK (state BETWEEN 1 AND 9)', 'CHECK (state BETWEEN 1 AND 10)')
          WHERE type = 'table' AND name = 'item';
        UPDATE sqlite_master
          SET sql = replace(sql, 'CHECK (kind BETWEEN 1 AND 10)', 'CHECK (kind BETWEEN 1 AND 11)')
          WHERE type = 'table' AND name = 'item_event';
        PRAGMA schema_version = \(version + 1);
        PRAGMA writable_schema = RESET;
        """)
  }
}

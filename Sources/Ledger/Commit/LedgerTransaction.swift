import GRDB
import GRDBSQLite

/// What can be asked and changed inside one commit.
///
/// The changes themselves are in extensions, in the folder of their subject.
public final class LedgerTransaction: LedgerReader {
  private let connection: SQLiteConnection?

  override init(_ database: Database) {
    connection = database.sqliteConnection
    super.init(database)
  }

  /// Runs one statement; how many rows it changed.
  @discardableResult
  func execute(_ sql: String, _ values: [SQLValue] = []) throws -> Int {
    try PreparedStatement(sql, in: database).run { for value in values { $0.add(value) } }
    return Int(sqlite3_changes(connection))
  }

  /// Runs one statement of the hot path; how many rows it changed.
  @discardableResult
  func execute(_ sql: HotSQL, _ values: (inout StatementValues) -> Void) throws -> Int {
    try statement(sql).run(values)
    return Int(sqlite3_changes(connection))
  }

  var lastInsertedNumber: Int64 { sqlite3_last_insert_rowid(connection) }

  /// Rows changed since the connection was opened; SQLite lets it wrap.
  var changesEver: Int32 { sqlite3_total_changes(connection) }
}

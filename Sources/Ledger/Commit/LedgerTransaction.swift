import GRDB
import GRDBSQLite

/// What can be asked and changed inside one commit.
///
/// The changes themselves are in extensions, in the folder of their subject.
public final class LedgerTransaction: LedgerReader {
  /// Runs one statement; how many rows it changed.
  @discardableResult
  func execute(_ sql: String, _ values: [SQLValue] = []) throws -> Int {
    try forEachRow(sql, values) { _ in }
    return Int(sqlite3_changes(database.sqliteConnection))
  }

  var lastInsertedNumber: Int64 { database.lastInsertedRowID }
}

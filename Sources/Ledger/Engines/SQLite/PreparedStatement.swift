internal import GRDB
internal import GRDBSQLite

/// One of GRDB's cached statements, bound and stepped through SQLite's own interface.
///
/// GRDB checks and boxes each argument, which costs as much as the insert itself on the hot path;
/// the statements of this module are fixed texts, checked by its tests.
struct PreparedStatement {
  private let statement: GRDB.Statement
  private let handle: OpaquePointer

  init(_ sql: String, in database: Database) throws {
    statement = try database.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// Binds the values and steps through the rows until the body wants no more.
  func run(_ values: [StoredValue], while body: (any EngineRow) throws -> Bool) throws {
    // Reset at the end, so that no read transaction or half-done write outlives an error.
    defer { sqlite3_reset(handle) }
    var binding = Binding(of: handle)
    for value in values { binding.add(value) }
    if binding.code != SQLITE_OK { throw failure(binding.code) }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: if try !body(SQLiteRow(handle: handle)) { return }
      case SQLITE_DONE: return
      case let code: throw failure(code)
      }
    }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    let message = sqlite3_db_handle(handle).flatMap(sqlite3_errmsg).map { String(cString: $0) }
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }
}

import GRDB
import GRDBSQLite

/// One of GRDB's cached statements, bound and stepped through SQLite's own interface.
///
/// GRDB checks and boxes each argument, which costs as much as the insert itself on the hot path;
/// the statements of this module are fixed texts, checked by its tests.
struct PreparedStatement {
  private let statement: Statement
  private let handle: OpaquePointer

  init(_ sql: String, in database: Database) throws {
    statement = try database.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// Binds the values and steps through all rows.
  func forEachRow(_ values: [SQLValue], _ body: (SQLRow) throws -> Void) throws {
    try forRows(values) { row in
      try body(row)
      return true
    }
  }

  /// Binds the values and steps through the rows until the body wants no more.
  func forRows(_ values: [SQLValue], while body: (SQLRow) throws -> Bool) throws {
    // Reset at the end, so that no read transaction or half-done write outlives an error.
    defer { sqlite3_reset(handle) }
    try bind { bound in for value in values { bound.add(value) } }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: if try !body(SQLRow(handle: handle)) { return }
      case SQLITE_DONE: return
      case let code: throw failure(code)
      }
    }
  }

  /// Binds the values and steps through, for a statement whose rows nobody wants.
  func run(_ values: (inout StatementValues) -> Void) throws {
    defer { sqlite3_reset(handle) }
    try bind(values)
    var code = sqlite3_step(handle)
    while code == SQLITE_ROW { code = sqlite3_step(handle) }
    if code != SQLITE_DONE { throw failure(code) }
  }

  private func bind(_ values: (inout StatementValues) -> Void) throws {
    var bound = StatementValues(of: handle)
    values(&bound)
    if bound.code != SQLITE_OK { throw failure(bound.code) }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    let message = sqlite3_db_handle(handle).flatMap(sqlite3_errmsg).map { String(cString: $0) }
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
  }
}

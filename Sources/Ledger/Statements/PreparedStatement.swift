import GRDB
import GRDBSQLite

/// One of GRDB's cached statements, bound and stepped through SQLite's own interface.
///
/// GRDB checks and boxes each argument, which costs as much as the insert itself on the hot path;
/// the statements of this module are fixed texts, checked by its tests.
struct PreparedStatement {
  private let database: Database
  private let statement: Statement
  private var handle: OpaquePointer { statement.sqliteStatement }

  init(_ sql: String, in database: Database) throws {
    self.database = database
    statement = try database.cachedStatement(sql: sql)
  }

  /// Binds the values and steps through all rows.
  func forEachRow(_ values: [SQLValue], _ body: (SQLRow) throws -> Void) throws {
    try bind(values)
    // Reset first, so that no read transaction or half-done write outlives an error.
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try body(SQLRow(handle: handle))
      case SQLITE_DONE: return
      case let code: throw failure(code)
      }
    }
  }

  private func bind(_ values: [SQLValue]) throws {
    var place: Int32 = 1
    for value in values {
      let code =
        switch value {
        case .null: sqlite3_bind_null(handle, place)
        case .integer(let number): sqlite3_bind_int64(handle, place, number)
        case .text(let text): bind(text, at: place)
        case .blob(let bytes): bytes.withUnsafeBytes { bind($0, at: place) }
        case .id(let id): bind(id, at: place)
        }
      guard code == SQLITE_OK else { throw failure(code) }
      place += 1
    }
  }

  private func bind(_ text: String, at place: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        // An empty string may come without an address, which SQLite would take as NULL.
        guard let start = characters.baseAddress, let count = Int32(exactly: characters.count)
        else { return sqlite3_bind_text(handle, place, "", 0, Self.copied) }
        return sqlite3_bind_text(handle, place, start, count, Self.copied)
      }
    }
  }

  private func bind(_ bytes: UnsafeRawBufferPointer, at place: Int32) -> Int32 {
    guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
    guard let start = bytes.baseAddress, count > 0 else {
      return sqlite3_bind_zeroblob(handle, place, 0)
    }
    return sqlite3_bind_blob(handle, place, start, count, Self.copied)
  }

  private func bind(_ id: LedgerID, at place: Int32) -> Int32 {
    var words = (id.high.bigEndian, id.low.bigEndian)
    return withUnsafeBytes(of: &words) { bind($0, at: place) }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage, sql: statement.sql
    )
  }

  /// SQLITE_TRANSIENT: SQLite makes a copy before the call returns.
  private static var copied: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}

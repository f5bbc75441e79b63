import GRDBSQLite

/// The values of one run of a statement, bound one after the other.
///
/// The first that SQLite does not take is remembered and reported when the statement runs.
struct StatementValues {
  private let handle: OpaquePointer
  private var place: Int32 = 0
  private(set) var code = SQLITE_OK

  init(of handle: OpaquePointer) {
    self.handle = handle
  }

  mutating func add(_ value: Int64) {
    place += 1
    note(sqlite3_bind_int64(handle, place, value))
  }

  mutating func add(_ value: Int) { add(Int64(value)) }

  mutating func add(_ value: Int32) { add(Int64(value)) }

  mutating func add(_ value: Bool) { add(value ? 1 as Int64 : 0) }

  mutating func addNull() {
    place += 1
    note(sqlite3_bind_null(handle, place))
  }

  mutating func add(_ value: String) {
    place += 1
    var value = value
    let code = value.withUTF8 { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        // An empty string may come without an address, which SQLite would take as NULL.
        guard let start = characters.baseAddress, !characters.isEmpty
        else { return sqlite3_bind_text(handle, place, "", 0, nil) }
        guard let count = Int32(exactly: characters.count) else { return SQLITE_TOOBIG }
        return sqlite3_bind_text(handle, place, start, count, Self.copied)
      }
    }
    note(code)
  }

  mutating func add(_ value: [UInt8]) {
    value.withUnsafeBytes { add($0) }
  }

  mutating func add(_ value: LedgerID) {
    var words = (value.high.bigEndian, value.low.bigEndian)
    withUnsafeBytes(of: &words) { add($0) }
  }

  mutating func add(_ value: SQLValue) {
    switch value {
    case .null: addNull()
    case .integer(let number): add(number)
    case .text(let text): add(text)
    case .blob(let bytes): add(bytes)
    case .id(let id): add(id)
    }
  }

  private mutating func add(_ bytes: UnsafeRawBufferPointer) {
    place += 1
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      note(sqlite3_bind_zeroblob(handle, place, 0))
      return
    }
    guard let count = Int32(exactly: bytes.count) else {
      note(SQLITE_TOOBIG)
      return
    }
    note(sqlite3_bind_blob(handle, place, start, count, Self.copied))
  }

  private mutating func note(_ code: Int32) {
    if code != SQLITE_OK, self.code == SQLITE_OK { self.code = code }
  }

  /// SQLITE_TRANSIENT: SQLite makes a copy before the call returns.
  private static var copied: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}

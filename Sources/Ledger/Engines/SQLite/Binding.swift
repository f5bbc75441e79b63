internal import GRDBSQLite

/// The values of one run of a statement, bound one after the other.
///
/// The first that SQLite does not take is remembered and reported when the statement runs.
struct Binding {
  private let handle: OpaquePointer
  private var place: Int32 = 0
  private(set) var code = SQLITE_OK

  init(of handle: OpaquePointer) {
    self.handle = handle
  }

  mutating func add(_ value: StoredValue) {
    place += 1
    let code =
      switch value {
      case .null: sqlite3_bind_null(handle, place)
      case .integer(let number): sqlite3_bind_int64(handle, place, number)
      case .flag(let isTrue): sqlite3_bind_int64(handle, place, isTrue ? 1 : 0)
      case .text(let text): bind(text)
      case .blob(let bytes): bytes.withUnsafeBytes { bind($0) }
      case .id(let id): bind(id)
      }
    if code != SQLITE_OK, self.code == SQLITE_OK { self.code = code }
  }

  private func bind(_ text: String) -> Int32 {
    var text = text
    return text.withUTF8 { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        // An empty string may come without an address, which SQLite would take as NULL.
        guard let start = characters.baseAddress, !characters.isEmpty
        else { return sqlite3_bind_text(handle, place, "", 0, nil) }
        guard let count = Int32(exactly: characters.count) else { return SQLITE_TOOBIG }
        return sqlite3_bind_text(handle, place, start, count, Self.copied)
      }
    }
  }

  private func bind(_ id: LedgerID) -> Int32 {
    var words = (id.high.bigEndian, id.low.bigEndian)
    return withUnsafeBytes(of: &words) { bind($0) }
  }

  private func bind(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      return sqlite3_bind_zeroblob(handle, place, 0)
    }
    guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
    return sqlite3_bind_blob(handle, place, start, count, Self.copied)
  }

  /// SQLITE_TRANSIENT: SQLite makes a copy before the call returns.
  private static var copied: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}

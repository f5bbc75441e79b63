internal import GRDBSQLite

/// A row on which a statement stands.
struct SQLiteRow: EngineRow {
  let handle: OpaquePointer

  func isNull(_ place: Int) -> Bool {
    sqlite3_column_type(handle, Int32(place)) == SQLITE_NULL
  }

  func int64(_ place: Int) -> Int64 { sqlite3_column_int64(handle, Int32(place)) }

  func text(_ place: Int) -> String {
    // The bytes are asked for after the text: the order that SQLite documents as safe.
    guard let start = sqlite3_column_text(handle, Int32(place)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(place)))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func blob(_ place: Int) -> [UInt8] { withBlob(place) { Array($0) } }

  func id(_ place: Int) -> LedgerID? { withBlob(place) { LedgerID($0) } }

  func holds(_ bytes: [UInt8], at place: Int) -> Bool {
    withBlob(place) { $0.elementsEqual(bytes) }
  }

  private func withBlob<T>(_ place: Int, _ body: (UnsafeRawBufferPointer) -> T) -> T {
    let start = sqlite3_column_blob(handle, Int32(place))
    let count = Int(sqlite3_column_bytes(handle, Int32(place)))
    return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}

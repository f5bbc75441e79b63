import GRDBSQLite

/// One row of a running statement; valid only until the next step.
struct SQLRow {
  let handle: OpaquePointer

  func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  func int32(_ column: Int32) -> Int32 { sqlite3_column_int(handle, column) }

  func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

  func flag(_ column: Int32) -> Bool { sqlite3_column_int64(handle, column) != 0 }

  func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  func text(_ column: Int32) -> String {
    // The bytes are asked for after the text: the order that SQLite documents as safe.
    guard let start = sqlite3_column_text(handle, column) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func blob(_ column: Int32) -> [UInt8] { withBlob(column) { Array($0) } }

  /// Nil when the column does not hold 16 bytes.
  func id(_ column: Int32) -> LedgerID? { withBlob(column) { LedgerID($0) } }

  func optionalInt64(_ column: Int32) -> Int64? { isNull(column) ? nil : int64(column) }

  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  func optionalBlob(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : blob(column) }

  func blobEquals(_ column: Int32, _ bytes: [UInt8]) -> Bool {
    withBlob(column) { $0.elementsEqual(bytes) }
  }

  private func withBlob<T>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> T) -> T {
    let start = sqlite3_column_blob(handle, column)
    let count = Int(sqlite3_column_bytes(handle, column))
    return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }
}

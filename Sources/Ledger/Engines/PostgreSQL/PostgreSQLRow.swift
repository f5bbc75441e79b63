internal import CPostgreSQL

/// A row of a result, whose columns are in the server's binary form.
struct PostgreSQLRow: EngineRow {
  let result: OpaquePointer
  let row: Int32

  func isNull(_ place: Int) -> Bool { PQgetisnull(result, row, Int32(place)) == 1 }

  func int64(_ place: Int) -> Int64 {
    guard let bytes = bytes(place, ofTypes: PostgreSQLType.numbers) else { return 0 }
    // The first byte has the sign.
    let start = Int64(bytes.first.map { Int8(bitPattern: $0) } ?? 0)
    return bytes.dropFirst().reduce(start) { $0 << 8 | Int64($1) }
  }

  func text(_ place: Int) -> String {
    bytes(place, ofTypes: PostgreSQLType.texts).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  func blob(_ place: Int) -> [UInt8] {
    bytes(place, ofTypes: PostgreSQLType.blobs).map { Array($0) } ?? []
  }

  func id(_ place: Int) -> LedgerID? {
    bytes(place, ofTypes: PostgreSQLType.blobs).flatMap { LedgerID($0) }
  }

  func holds(_ bytes: [UInt8], at place: Int) -> Bool {
    self.bytes(place, ofTypes: PostgreSQLType.blobs)?.elementsEqual(bytes) ?? bytes.isEmpty
  }

  /// The bytes of a column; nil for NULL, and for another type.
  private func bytes(_ place: Int, ofTypes types: [Oid]) -> UnsafeRawBufferPointer? {
    let place = Int32(place)
    guard types.contains(PQftype(result, place)), PQgetisnull(result, row, place) == 0 else {
      return nil
    }
    return UnsafeRawBufferPointer(
      start: PQgetvalue(result, row, place), count: Int(PQgetlength(result, row, place)))
  }
}

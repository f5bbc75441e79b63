internal import CPostgreSQL

/// The values of one run of a statement, in the server's binary form.
struct PostgreSQLValues {
  /// All values, one behind the other.
  private var bytes: [UInt8] = []
  /// Where each begins and how long it is; nil for NULL.
  private var places: [(start: Int, count: Int)?] = []
  /// What each is; 0 for NULL, whose type the server finds out.
  private(set) var types: [Oid] = []

  init(_ values: [StoredValue]) {
    bytes.reserveCapacity(64 * values.count)
    places.reserveCapacity(values.count)
    types.reserveCapacity(values.count)
    for value in values { add(value) }
    // So that an empty value has an address too: none is NULL.
    bytes.append(0)
  }

  private mutating func add(_ value: StoredValue) {
    switch value {
    case .null:
      places.append(nil)
      types.append(0)
    case .integer(let number):
      add(PostgreSQLType.integer) { $0.append(bigEndian: number) }
    case .flag(let isTrue):
      add(PostgreSQLType.flag) { $0.append(isTrue ? 1 : 0) }
    case .text(let text):
      add(PostgreSQLType.text) { $0 += text.utf8 }
    case .blob(let blob):
      add(PostgreSQLType.blob) { $0 += blob }
    case .id(let id):
      add(PostgreSQLType.blob) { $0 += id.bytes }
    }
  }

  private mutating func add(_ type: Oid, _ append: (inout [UInt8]) -> Void) {
    let start = bytes.count
    append(&bytes)
    places.append((start, bytes.count - start))
    types.append(type)
  }

  /// Hands out the values as libpq takes them: addresses, lengths and forms.
  func withParameters<Result>(
    _ body: (
      _ count: Int32, _ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]
    ) -> Result
  ) -> Result {
    bytes.withUnsafeBytes { buffer in
      let start = buffer.assumingMemoryBound(to: CChar.self).baseAddress
      return body(
        Int32(places.count),
        places.map { place in place.flatMap { start?.advanced(by: $0.start) } },
        places.map { Int32(clamping: $0?.count ?? 0) },
        [Int32](repeating: 1, count: places.count))
    }
  }
}

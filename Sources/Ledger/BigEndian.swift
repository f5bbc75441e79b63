extension [UInt8] {
  /// Appends a number as hashes, seals and cursors have it: all its bytes, the highest first.
  mutating func append(bigEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }
}

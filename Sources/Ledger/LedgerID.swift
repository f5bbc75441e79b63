/// The identity of an item, an event or a record version: a UUIDv7 (RFC 9562), 16 bytes.
///
/// UUIDv7 grows with time, so that new rows land at the end of an index and writing stays cheap.
public struct LedgerID: Hashable, Sendable, Comparable {
  /// How many bytes an identity has.
  public static let byteCount = 16

  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The identity with these 16 bytes, or nil when there are more or fewer.
  ///
  /// The version is not judged: whoever takes bytes from a peer decides what it accepts.
  public init?(_ bytes: [UInt8]) {
    guard let identity = bytes.withUnsafeBytes({ LedgerID($0) }) else { return nil }
    self = identity
  }

  /// The identity with these 16 bytes, or nil when there are more or fewer.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.byteCount else { return nil }
    self.init(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }

  /// A new UUIDv7.
  ///
  /// - Parameters:
  ///   - milliseconds: since 1970, UTC; the lowest 48 bits are used.
  ///   - random: where the 74 random bits come from.
  public init(
    version7At milliseconds: Int64, using random: inout some RandomNumberGenerator
  ) {
    let time = UInt64(bitPattern: milliseconds) & 0xffff_ffff_ffff
    high = time << 16 | 0x7000 | UInt64.random(in: 0...0xfff, using: &random)
    low = 0x8000_0000_0000_0000 | UInt64.random(in: 0...0x3fff_ffff_ffff_ffff, using: &random)
  }

  /// A new UUIDv7 from the system's random numbers.
  public init(version7At milliseconds: Int64) {
    var random = SystemRandomNumberGenerator()
    self.init(version7At: milliseconds, using: &random)
  }

  /// The 16 bytes, most significant first.
  public var bytes: [UInt8] {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
  }

  /// The 32 hexadecimal digits, lower case, no hyphens.
  public var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 32) { buffer in
      for place in 0..<32 {
        let word = place < 16 ? high : low
        let nibble = Int(word >> UInt64(60 - (place % 16) * 4) & 0xf)
        buffer[place] = digits[nibble]
      }
      return 32
    }
  }

  /// Orders as the bytes do, which for UUIDv7 is by time.
  public static func < (left: Self, right: Self) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}

extension LedgerID: CustomStringConvertible {
  /// The usual text: 8-4-4-4-12 digits.
  public var description: String {
    let digits = Array(hex)
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
      .map { String(digits[$0]) }
      .joined(separator: "-")
  }
}

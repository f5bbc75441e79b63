/// Base64 (RFC 4648 section 4), strict: one text for each value, so that nothing can be written in
/// two ways.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xff, count: 256)
    for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
    return values
  }()

  static func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    var held: UInt32 = 0
    var bits: UInt32 = 0
    for byte in bytes {
      held = held << 8 | UInt32(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(alphabet[Int(held >> bits & 0x3f)])
      }
    }
    if bits > 0 { text.append(alphabet[Int(held << (6 - bits) & 0x3f)]) }
    while !text.count.isMultiple(of: 4) { text.append(padding) }
    return text
  }

  /// The bytes, or nil for a text that ``encode(_:)`` would not have written.
  static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 4) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    var held: UInt32 = 0
    var bits: UInt32 = 0
    var paddings = 0
    for letter in text {
      if letter == padding {
        paddings += 1
        continue
      }
      let value = values[Int(letter)]
      guard value != 0xff, paddings == 0 else { return nil }
      held = held << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: held >> bits))
      }
    }
    // What is left over must be the padding that the length asks for, and zero.
    guard paddings * 2 == bits, held & ((1 << bits) - 1) == 0 else { return nil }
    return bytes
  }
}

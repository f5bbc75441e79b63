import ExchangeRules

/// Writing JSON into a buffer, without a string in between.
extension [UInt8] {
  /// Text that is JSON already.
  mutating func write(_ text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// A date in quotes.
  mutating func write(_ date: CivilDate) {
    var rest = date.yyyymmdd
    var digits = InlineArray<12, UInt8>(repeating: UInt8(ascii: "-"))
    digits[0] = UInt8(ascii: "\"")
    digits[11] = UInt8(ascii: "\"")
    for index in stride(from: 10, through: 1, by: -1) where index != 5 && index != 8 {
      digits[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    digits.span.withUnsafeBufferPointer { append(contentsOf: $0) }
  }

  /// A number that is not negative.
  mutating func write(_ number: Int) {
    if number >= 10 { write(number / 10) }
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  /// A string in quotes, escaped.
  mutating func writeQuoted(_ text: String) {
    var text = text
    text.withUTF8 { writeQuoted($0) }
  }

  /// UTF-8 in quotes, escaped.
  mutating func writeQuoted(_ bytes: UnsafeBufferPointer<UInt8>) {
    append(UInt8(ascii: "\""))
    var start = 0
    for index in bytes.indices where [UInt8].needsEscape(bytes[index]) {
      append(contentsOf: bytes[start..<index])
      writeEscaped(bytes[index])
      start = index + 1
    }
    append(contentsOf: bytes[start...])
    append(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func writeEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): write("\\\"")
    case UInt8(ascii: "\\"): write("\\\\")
    case 0x00..<0x20:
      write("\\u00")
      append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
      let low = byte & 0x0F
      append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
    default: append(byte)
    }
  }

  /// The answer to a line that cannot be answered.
  mutating func write(_ refusal: BatchRefusal) {
    write("{\"error\":{\"field\":")
    writeQuoted(refusal.field)
    write(",\"reason\":")
    writeQuoted(refusal.reason)
    write("}}")
  }
}

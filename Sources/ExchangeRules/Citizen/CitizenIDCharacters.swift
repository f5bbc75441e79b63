/// The characters of a number as it was typed, normalised: no surrounding space, full-width forms
/// made ASCII, letters upper-case.
///
/// Holds what fits a number and the count of all.
struct CitizenIDCharacters {
  /// The first 18 characters; those that are not ASCII are zero.
  private(set) var ascii = InlineArray<18, UInt8>(repeating: 0)
  /// How many characters there are in all.
  private(set) var count = 0
  /// The normalised text.
  private(set) var text: [UInt8] = []

  /// Reads UTF-8.
  ///
  /// `keepsText` also collects the normalised text, which a clean number can do without.
  init(utf8 bytes: Span<UInt8>, keepsText: Bool) {
    var index = 0
    var end = bytes.count
    while index < end {
      let width = CitizenIDCharacters.spaceWidth(bytes, at: index, end: end)
      if width == 0 { break }
      index += width
    }
    while end > index {
      let isWide =
        end - index >= 3 && CitizenIDCharacters.spaceWidth(bytes, at: end - 3, end: end) == 3
      if !isWide && CitizenIDCharacters.spaceWidth(bytes, at: end - 1, end: end) != 1 { break }
      end -= isWide ? 3 : 1
    }
    while index < end {
      let byte = bytes[index]
      if byte < 0x80 {
        append(ascii: byte, keepsText: keepsText)
        index += 1
        continue
      }
      if end - index >= 3, let narrow = CitizenIDCharacters.narrow(bytes, at: index) {
        append(ascii: narrow, keepsText: keepsText)
        index += 3
        continue
      }
      // One character that cannot belong to a number: its lead byte counts, the rest does not.
      count += 1
      repeat {
        if keepsText { text.append(bytes[index]) }
        index += 1
      } while index < end && bytes[index] & 0xC0 == 0x80
    }
  }

  private mutating func append(ascii byte: UInt8, keepsText: Bool) {
    let isLower = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
    let upper = isLower ? byte - 32 : byte
    if count < 18 { ascii[count] = upper }
    count += 1
    if keepsText { text.append(upper) }
  }

  /// How many bytes a space takes: 1, or 3 for U+3000, the space of Chinese keyboards; 0 for any
  /// other character.
  private static func spaceWidth(_ bytes: Span<UInt8>, at index: Int, end: Int) -> Int {
    let byte = bytes[index]
    if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { return 1 }
    guard byte == 0xE3, end - index >= 3 else { return 0 }
    return bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80 ? 3 : 0
  }

  /// The ASCII form of a full-width character U+FF01 to U+FF5E.
  private static func narrow(_ bytes: Span<UInt8>, at index: Int) -> UInt8? {
    guard bytes[index] == 0xEF else { return nil }
    let second = bytes[index + 1]
    let third = bytes[index + 2]
    if second == 0xBC, third >= 0x81, third <= 0xBF { return third - 0x81 + 0x21 }
    if second == 0xBD, third >= 0x80, third <= 0x9E { return third - 0x80 + 0x60 }
    return nil
  }
}

/// The characters of a number as it is read: ``WrittenCode``, and letters upper-case.
///
/// Holds what fits a number and the count of all.
struct CitizenIDCharacters {
  /// The first 18 characters; those that are not ASCII are zero.
  private(set) var ascii = InlineArray<18, UInt8>(repeating: 0)
  /// How many characters there are in all.
  private(set) var count = 0
  /// What differs from what was written.
  private(set) var changes: ReadingChanges = []
  /// The text as it is read; empty for a clean number, which is all in `ascii`.
  private(set) var text = ""

  /// Reads UTF-8.
  ///
  /// A number as programs write it takes no memory: there are millions of them.
  init(utf8 bytes: Span<UInt8>) {
    if readsPlain(bytes) { return }
    let written = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    let reading = CitizenIDCharacters.read(written)
    changes = reading.changes
    text = reading.value
    count = 0
    for character in reading.value {
      if count < 18 { ascii[count] = character.utf8.count == 1 ? character.utf8.first ?? 0 : 0 }
      count += 1
    }
  }

  /// The text as it is read.
  var reading: String {
    if !text.isEmpty || count == 0 { return text }
    return String(unsafeUninitializedCapacity: 18) { buffer in
      for index in 0..<min(count, 18) { buffer[index] = ascii[index] }
      return min(count, 18)
    }
  }

  /// Takes 15 or 18 ASCII digits and letters, and nothing else.
  private mutating func readsPlain(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count == 15 || bytes.count == 18 else { return false }
    for index in 0..<bytes.count {
      let byte = bytes[index]
      let isLower = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      guard isLower || isUpper || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) else {
        return false
      }
      ascii[index] = isLower ? byte - 32 : byte
      if isLower { changes.insert(.letterCase) }
    }
    count = bytes.count
    return true
  }

  /// A number by the rules of codes; what people type for the X that their keyboard hides is one.
  private static func read(_ written: String) -> Reading<String> {
    let code = WrittenCode.read(written)
    var changes = code.changes
    var text = code.value
    // Fifteen digits are what a spreadsheet keeps of a number, so only a legacy one survives.
    if text.hasSuffix(".0"), text.utf8.count == 17, WrittenCode.isDigits(text.dropLast(2)) {
      text.removeLast(2)
      changes.insert(.wholeNumber)
    }
    if let last = text.last, signsForX.contains(last), text.count == 18,
      WrittenCode.isDigits(text.dropLast())
    {
      text.removeLast()
      text.append("X")
      changes.insert(.lookAlike)
    }
    let upper = String(
      text.map { $0.isASCII ? Character($0.uppercased()) : $0 })
    if upper != text { changes.insert(.letterCase) }
    return Reading(upper, changes: changes)
  }

  /// The sign of multiplication, the letters of Cyrillic and Greek, the Roman ten.
  private static let signsForX: Set<Character> = ["×", "Х", "х", "Χ", "χ", "Ⅹ", "ⅹ", "✕", "✖"]
}

/// The text of the townships, searched where it lies: 41,000 lines are never taken apart.
struct TownshipText: Sendable {
  private let text: [UInt8]

  init(_ source: StaticString) {
    text = source.withUTF8Buffer { [UInt8]($0) }
  }

  /// The name of a township of nine digits.
  func name(of nineDigits: Int) -> String? {
    let start = firstLine(notBefore: nineDigits)
    guard start < text.count, code(at: start) == nineDigits else { return nil }
    return name(at: start)
  }

  /// The townships whose first six digits are a county's.
  func all(startingWith sixDigits: Int) -> [(code: DivisionCode, name: String)] {
    var found: [(code: DivisionCode, name: String)] = []
    var start = firstLine(notBefore: sixDigits * 1000)
    while start < text.count, code(at: start) / 1000 == sixDigits {
      if let code = DivisionCode(String(code(at: start))) { found.append((code, name(at: start))) }
      start = lineAfter(start)
    }
    return found
  }

  /// Where the first line begins whose code is not below; the end of the text when there is none.
  private func firstLine(notBefore nineDigits: Int) -> Int {
    var low = 0
    var high = text.count
    while low < high {
      let middle = lineContaining(low + (high - low) / 2)
      if code(at: middle) < nineDigits { low = lineAfter(middle) } else { high = middle }
    }
    return low
  }

  private func lineContaining(_ offset: Int) -> Int {
    var start = offset
    while start > 0, text[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    return start
  }

  private func lineAfter(_ start: Int) -> Int {
    var index = start
    while index < text.count, text[index] != UInt8(ascii: "\n") { index += 1 }
    return min(index + 1, text.count)
  }

  private func code(at start: Int) -> Int {
    var value = 0
    for byte in text[start..<min(start + 9, text.count)] {
      value = value &* 10 &+ Int(byte &- UInt8(ascii: "0"))
    }
    return value
  }

  private func name(at start: Int) -> String {
    let from = min(start + 10, text.count)
    let end = text[from...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
    return String(decoding: text[from..<end], as: UTF8.self)
  }
}

/// The text of the division history, indexed: the names stay where they are until somebody asks.
struct DivisionHistoryText: Sendable {
  private let text: [UInt8]
  /// Six digits of each line, ascending; a code used again has several lines, oldest first.
  private var codes: [Int32] = []
  private var fromYears: [Int16] = []
  /// 0 while it lasts.
  private var untilYears: [Int16] = []
  /// Where the successors of each line begin; the line ends before the next one's start.
  private var tails: [Int32] = []

  init(_ source: StaticString) {
    text = source.withUTF8Buffer { [UInt8]($0) }
    var codes: [Int32] = []
    var fromYears: [Int16] = []
    var untilYears: [Int16] = []
    var tails: [Int32] = []
    text.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let code = DivisionHistoryText.number(bytes, at: &index)
        let from = DivisionHistoryText.number(bytes, at: &index)
        let until = DivisionHistoryText.number(bytes, at: &index)
        if code >= 100_000 {
          codes.append(Int32(truncatingIfNeeded: code))
          fromYears.append(Int16(truncatingIfNeeded: from))
          untilYears.append(Int16(truncatingIfNeeded: until))
          tails.append(Int32(truncatingIfNeeded: index))
        }
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
        index += 1
      }
    }
    self.codes = codes
    self.fromYears = fromYears
    self.untilYears = untilYears
    self.tails = tails
  }

  /// Reads digits up to a comma, and steps over it.
  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, at index: inout Int) -> Int {
    var value = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
        if byte == UInt8(ascii: ",") { index += 1 }
        break
      }
      value = value &* 10 &+ Int(byte &- UInt8(ascii: "0"))
      index += 1
    }
    return value
  }

  /// The lines of a code; empty when it never was one.
  func rows(of sixDigits: Int) -> Range<Int> {
    var low = 0
    var high = codes.count
    while low < high {
      let middle = (low + high) / 2
      if Int(codes[middle]) < sixDigits { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < codes.count, Int(codes[end]) == sixDigits { end += 1 }
    return low..<end
  }

  func fromYear(at row: Int) -> Int { Int(fromYears[row]) }

  func untilYear(at row: Int) -> Int? { untilYears[row] == 0 ? nil : Int(untilYears[row]) }

  func stood(_ row: Int, in year: Int) -> Bool {
    fromYear(at: row) <= year && year < (untilYear(at: row) ?? .max)
  }

  func name(at row: Int) -> String {
    String(decoding: text[tail(at: row).name], as: UTF8.self)
  }

  func entry(at row: Int) -> DivisionEntry? {
    guard let code = DivisionCode(sixDigits: Int(codes[row])) else { return nil }
    let tail = tail(at: row)
    return DivisionEntry(
      code: code, name: String(decoding: text[tail.name], as: UTF8.self),
      fromYear: fromYear(at: row), untilYear: untilYear(at: row),
      successors: DivisionHistoryText.successors(
        String(decoding: text[tail.successors], as: UTF8.self))
    )
  }

  /// The codes that exist now, in order.
  func activeCodes() -> [DivisionCode] {
    codes.indices.compactMap { untilYears[$0] == 0 ? DivisionCode(sixDigits: Int(codes[$0])) : nil }
  }

  private func tail(at row: Int) -> (successors: Range<Int>, name: Range<Int>) {
    let start = Int(tails[row])
    let comma = text[start...].firstIndex(of: UInt8(ascii: ",")) ?? text.endIndex
    let nameStart = min(comma + 1, text.endIndex)
    let end = text[nameStart...].firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
    return (start..<comma, nameStart..<end)
  }

  /// "130102;130108[2001]": what took its place, and what split off in a year.
  private static func successors(_ text: String) -> [DivisionEntry.Successor] {
    text.split(separator: ";").compactMap { part in
      guard let code = DivisionCode(part.prefix(6)) else { return nil }
      return DivisionEntry.Successor(code: code, year: Int(part.dropFirst(7).dropLast()))
    }
  }
}

/// The code of a division: province, prefecture and county with 6 digits (GB/T 2260), township with
/// 9, village or community with 12.
///
/// A code written out with trailing groups of zeros (440305000000) is the shorter code.
public struct DivisionCode: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// All digits as a number of 12, the missing ones zero: the order of codes is its order.
  let number: UInt64
  /// 6, 9 or 12.
  let length: UInt8

  /// Places that are prefecture and county under one code: no county lies between them and their
  /// townships (441900 东莞市, 442000 中山市, 460400 儋州市).
  public static let prefecturesThatAreCounties: Set<DivisionCode> = Set(
    [441_900, 442_000, 460_400].compactMap { DivisionCode(sixDigits: $0) })

  /// A code of 6, 9 or 12 ASCII digits, or nil.
  public init?(_ text: some StringProtocol) {
    var text = String(text)
    let parsed = text.withUTF8 { DivisionCode(utf8: $0.span) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// A code of 6, 9 or 12 ASCII digits, or nil.
  public init?(utf8 bytes: Span<UInt8>) {
    guard bytes.count == 6 || bytes.count == 9 || bytes.count == 12 else { return nil }
    var number: UInt64 = 0
    for index in 0..<12 {
      var digit: UInt8 = 0
      if index < bytes.count {
        let byte = bytes[index]
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        digit = byte &- UInt8(ascii: "0")
      }
      number = number &* 10 &+ UInt64(digit)
    }
    self.init(number: number)
  }

  /// A code of 6 digits from its number, such as 440305, or nil.
  public init?(sixDigits: Int) {
    guard (100_000...999_999).contains(sixDigits) else { return nil }
    self.init(number: UInt64(sixDigits) * 1_000_000)
  }

  private init?(number: UInt64) {
    // The first two digits are a province's: 10 and above.
    guard number >= 100_000_000_000, number <= 999_999_999_999 else { return nil }
    self.number = number
    length = number % 1_000_000 == 0 ? 6 : number % 1000 == 0 ? 9 : 12
  }

  /// The first six digits as a number, such as 440305.
  public var sixDigits: Int { Int(number / 1_000_000) }

  /// The level that the pattern of the code shows.
  ///
  /// 441900 shows a prefecture, though it is a county as well: see `isCounty`.
  public var level: DivisionLevel {
    if length == 12 { return .village }
    if length == 9 { return .township }
    if sixDigits % 10_000 == 0 { return .province }
    return sixDigits % 100 == 0 ? .prefecture : .county
  }

  /// Whether the division does a county's work: a county, or a prefecture that is its own county.
  public var isCounty: Bool {
    level == .county || DivisionCode.prefecturesThatAreCounties.contains(self)
  }

  /// The county of a village, a township or a county itself; nil above.
  public var county: DivisionCode? {
    switch level {
    case .village, .township: DivisionCode(sixDigits: sixDigits)
    case .county, .prefecture, .province: isCounty ? self : nil
    }
  }

  /// The township of a village or of a township itself; nil above.
  public var township: DivisionCode? {
    switch level {
    case .village: DivisionCode(number: number / 1000 * 1000)
    case .township: self
    case .county, .prefecture, .province: nil
    }
  }

  /// Whether the last three digits are outside the ranges in which villages are numbered: 001 to 399
  /// committees of residents and villagers, 400 to 599 what is like them (National Bureau of
  /// Statistics, 2023: 99.6 % of all).
  ///
  /// No list of villages is kept, so a code within the ranges cannot be judged.
  public var hasUnusualVillage: Bool {
    level == .village && !(1...599).contains(number % 1000)
  }

  /// The province; itself for a province.
  public var province: DivisionCode {
    DivisionCode(sixDigits: sixDigits / 10_000 * 10_000) ?? self
  }

  /// The division above by the pattern of the code; nil for a province.
  ///
  /// A county that answers to its province directly has digits 3 and 4 of 90 or, in the four
  /// municipalities, 01 to 03; its parent is the province, since no prefecture bears that code.
  public var parent: DivisionCode? {
    switch level {
    case .province: return nil
    case .prefecture: return province
    case .village: return township
    case .township: return DivisionCode(sixDigits: sixDigits)
    case .county:
      let middle = sixDigits / 100 % 100
      let isDirect = middle == 90 || DivisionCode.municipalities.contains(sixDigits / 10_000)
      return isDirect ? province : DivisionCode(sixDigits: sixDigits / 100 * 100)
    }
  }

  /// First two digits of Beijing, Tianjin, Shanghai and Chongqing.
  private static let municipalities: Set<Int> = [11, 12, 31, 50]

  /// The digits that all divisions below share with this one: 2, 4, 6, 9 or 12 of them.
  public var prefix: String {
    let count =
      switch level {
      case .province: 2
      case .prefecture: 4
      case .county: 6
      case .township: 9
      case .village: 12
      }
    return String(allDigits.prefix(count))
  }

  /// Whether a division is this one or lies within it, by prefix.
  public func contains(_ other: DivisionCode) -> Bool {
    other.number / unit == number / unit
  }

  /// What a step of the last significant digit weighs in `number`.
  private var unit: UInt64 {
    switch level {
    case .province: 10_000_000_000
    case .prefecture: 100_000_000
    case .county: 1_000_000
    case .township: 1000
    case .village: 1
    }
  }

  private var allDigits: String { String(number) }

  /// The code with its 6, 9 or 12 digits.
  public var description: String {
    switch length {
    case 6: String(number / 1_000_000)
    case 9: String(number / 1000)
    default: String(number)
    }
  }

  /// In the order of their digits; a division comes before those within it.
  public static func < (left: DivisionCode, right: DivisionCode) -> Bool {
    (left.number, left.length) < (right.number, right.length)
  }
}

/// A number taken apart: what is wrong with it, and what can be read from it all the same.
///
/// The region is judged by who knows the divisions: see `CitizenIDReport`.
struct CitizenIDScan {
  /// Earlier than anybody who was alive when numbers were first given out, in 1984.
  static let earliestYear = 1850

  var hasLengthProblem = false
  var hasFormatProblem = false
  var hasDateProblem = false
  var hasCheckDigitProblem = false
  var hasSerialProblem = false
  /// The 18 characters, of a legacy number its upgrade; meaningless with a length or format
  /// problem.
  var characters = InlineArray<18, UInt8>(repeating: 0)
  var isLegacy = false
  var birthDate: CivilDate?
  var sex = Sex.unknown
  /// The first six digits.
  var region = 0

  /// Whether the shape is right, so that there is something to read.
  var isReadable: Bool { !hasLengthProblem && !hasFormatProblem }

  /// Weights of the first 17 digits, GB 11643-1999 (ISO 7064 MOD 11-2).
  private static let weights: InlineArray<17, Int> = [
    7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2,
  ]
  /// The check character of each remainder, 0 through 10.
  private static let checkCharacters: InlineArray<11, UInt8> = [
    0x31, 0x30, 0x58, 0x39, 0x38, 0x37, 0x36, 0x35, 0x34, 0x33, 0x32,
  ]

  init(_ typed: borrowing CitizenIDCharacters, today: CivilDate?) {
    isLegacy = typed.count == 15
    guard typed.count == 18 || isLegacy else {
      hasLengthProblem = true
      return
    }
    let digitCount = isLegacy ? 15 : 17
    for index in 0..<digitCount where !CitizenIDScan.isDigit(typed.ascii[index]) {
      hasFormatProblem = true
      return
    }
    if isLegacy {
      readLegacy(typed)
    } else {
      characters = typed.ascii
      let last = characters[17]
      guard CitizenIDScan.isDigit(last) || last == UInt8(ascii: "X") else {
        hasFormatProblem = true
        return
      }
      hasCheckDigitProblem = last != checkCharacter()
    }
    region = number(0..<6)
    // Digits 15 to 17 count the people of a place and a day from 001 on.
    hasSerialProblem = number(14..<17) == 0
    sex = number(16..<17) % 2 == 1 ? .male : .female
    readBirthDate(today: today)
  }

  /// A legacy number leaves the century out: it was only given to people born in the 20th (the
  /// sequence numbers 996 to 999 that marked people over a hundred are not told apart).
  private mutating func readLegacy(_ typed: borrowing CitizenIDCharacters) {
    for index in 0..<6 { characters[index] = typed.ascii[index] }
    characters[6] = UInt8(ascii: "1")
    characters[7] = UInt8(ascii: "9")
    for index in 6..<15 { characters[index + 2] = typed.ascii[index] }
    characters[17] = checkCharacter()
  }

  private mutating func readBirthDate(today: CivilDate?) {
    guard
      let date = CivilDate(
        year: number(6..<10), month: number(10..<12), day: number(12..<14)),
      date.year >= CitizenIDScan.earliestYear
    else {
      hasDateProblem = true
      return
    }
    if let today, date > today {
      hasDateProblem = true
    } else {
      birthDate = date
    }
  }

  /// The 18th character that follows from the first 17.
  func checkCharacter() -> UInt8 {
    var sum = 0
    for index in 0..<17 {
      sum &+= Int(characters[index] & 0x0F) &* CitizenIDScan.weights[index]
    }
    return CitizenIDScan.checkCharacters[sum % 11]
  }

  private func number(_ range: Range<Int>) -> Int {
    var value = 0
    for index in range { value = value &* 10 &+ Int(characters[index] & 0x0F) }
    return value
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}

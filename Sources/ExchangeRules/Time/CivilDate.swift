/// A day of the proleptic Gregorian calendar, 0001-01-01 through 9999-12-31.
///
/// The rules speak in civil dates of China Standard Time (S4.5); which day it is now is told by the
/// caller.
public struct CivilDate: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The date as one number, such as 20090620: the form on the wire and on disk.
  public let yyyymmdd: Int32

  /// The first day that can be written.
  public static let earliest = CivilDate(unchecked: 1_01_01)
  /// The last day that can be written.
  public static let latest = CivilDate(unchecked: 9999_12_31)

  private init(unchecked yyyymmdd: Int32) {
    self.yyyymmdd = yyyymmdd
  }

  /// A date, or nil when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.daysIn(month: month, year: year)
    else { return nil }
    yyyymmdd = Int32(truncatingIfNeeded: year * 10_000 + month * 100 + day)
  }

  /// A date from its number, or nil when there is no such day.
  public init?(yyyymmdd: Int32) {
    guard yyyymmdd > 0 else { return nil }
    let number = Int(yyyymmdd)
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  /// A date from exactly "YYYY-MM-DD", or nil.
  public init?(_ text: some StringProtocol) {
    var text = String(text)
    let parsed = text.withUTF8 { CivilDate(utf8: $0.span) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// A date from exactly the ten bytes "YYYY-MM-DD", or nil.
  public init?(utf8 bytes: Span<UInt8>) {
    guard bytes.count == 10 else { return nil }
    var digits = 0
    for index in 0..<10 {
      let byte = bytes[index]
      if index == 4 || index == 7 {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        digits = digits &* 10 &+ Int(byte &- UInt8(ascii: "0"))
      }
    }
    self.init(yyyymmdd: Int32(truncatingIfNeeded: digits))
  }

  /// The day that lies `dayNumber` days after 1970-01-01, held within `earliest...latest`.
  public init(dayNumber: Int) {
    let number = min(max(dayNumber, CivilDate.earliest.dayNumber), CivilDate.latest.dayNumber)
    // Howard Hinnant's civil_from_days: eras of 400 years, years that begin in March.
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    yyyymmdd = Int32(truncatingIfNeeded: year * 10_000 + month * 100 + day)
  }

  /// The year, 1 through 9999.
  public var year: Int { Int(yyyymmdd) / 10_000 }
  /// The month, 1 through 12.
  public var month: Int { Int(yyyymmdd) / 100 % 100 }
  /// The day of the month, 1 through 31.
  public var day: Int { Int(yyyymmdd) % 100 }

  /// Days since 1970-01-01.
  public var dayNumber: Int {
    let month = month
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day of the week, 1 Monday through 7 Sunday.
  public var weekday: Int {
    let remainder = (dayNumber + 3) % 7
    return (remainder < 0 ? remainder + 7 : remainder) + 1
  }

  /// The day that lies `days` later (earlier when negative), held within `earliest...latest`.
  public func adding(days: Int) -> CivilDate {
    let (sum, overflow) = dayNumber.addingReportingOverflow(days)
    if overflow { return days > 0 ? .latest : .earliest }
    return CivilDate(dayNumber: sum)
  }

  /// Days from this day to another; negative when the other is earlier.
  public func days(until other: CivilDate) -> Int {
    other.dayNumber - dayNumber
  }

  /// Full years of age on a day, for someone born on this one.
  ///
  /// Born on 29 February, the year is full on 1 March of a common year. Negative before birth.
  public func fullYears(on day: CivilDate) -> Int {
    let years = day.year - year
    return day.month * 100 + day.day >= month * 100 + self.day ? years : years - 1
  }

  /// "YYYY-MM-DD".
  public var description: String {
    String(unsafeUninitializedCapacity: 10) { buffer in
      var rest = Int(yyyymmdd)
      for index in stride(from: 9, through: 0, by: -1) {
        if index == 4 || index == 7 {
          buffer[index] = UInt8(ascii: "-")
        } else {
          buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
          rest /= 10
        }
      }
      return 10
    }
  }

  /// Earlier dates come first.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.yyyymmdd < right.yyyymmdd
  }

  /// How many days a month has.
  public static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year: year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Whether a year has a 29 February.
  public static func isLeap(year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}

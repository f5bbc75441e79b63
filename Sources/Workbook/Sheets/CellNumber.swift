internal import ExchangeRules
internal import Foundation

/// A number in a cell as the text that a person would have typed, or as one that the reading of
/// written values refuses with its reason.
struct CellNumber {
  /// Whether days are counted from 1904, as older programs of one maker do.
  let countsFrom1904: Bool

  /// The text of a number; nil where it is a day and there is no such day.
  func text(_ written: String, as form: NumberForm) -> String? {
    switch form {
    case .plain: return plain(written)
    case .padded(let width):
      let number = plain(written)
      let isCode = number.utf8.allSatisfy { (0x30...0x39).contains($0) }
      return isCode
        ? String(repeating: "0", count: max(0, width - number.utf8.count)) + number : number
    case .date(let showsDay): return day(written, showsDay: showsDay)
    case .timeOfDay: return timeOfDay(written)
    }
  }

  /// A number is kept with 15 digits: a longer one stays in a form that is refused as rounded, unless
  /// the file shows that it was written digit by digit.
  private func plain(_ written: String) -> String {
    let isWhole = !written.isEmpty && written.utf8.allSatisfy { (0x30...0x39).contains($0) }
    if isWhole, written.utf8.count <= CellNumber.digits { return written }
    guard let number = Double(written), number.isFinite else { return written }
    if isWhole { return isRounded(written, number) ? exponential(number) : written }
    guard abs(number) < 1e15 else { return exponential(number) }
    if number == number.rounded() { return String(Int64(number)) }
    return String(format: "%.15g", number)
  }

  private static let digits = 15

  /// Whether the digits behind the fifteenth are zeros or those of a double: no person's.
  private func isRounded(_ written: String, _ number: Double) -> Bool {
    written.dropFirst(CellNumber.digits).allSatisfy { $0 == "0" }
      || written == String(format: "%.0f", number)
  }

  private func exponential(_ number: Double) -> String { String(format: "%.14E", number) }

  private func day(_ written: String, showsDay: Bool) -> String? {
    guard let (day, seconds) = moment(written) else { return nil }
    guard showsDay else { return "\(day.year)年\(day.month)月" }
    return seconds == 0 ? "\(day)" : "\(day) \(clock(seconds))"
  }

  private func timeOfDay(_ written: String) -> String? {
    guard let number = Double(written), number >= 0 else { return nil }
    if number >= 1 { return day(written, showsDay: true) }
    return clock(Int((number * 86_400).rounded()))
  }

  /// The day, and the seconds of its time of day; both are kept as one number.
  private func moment(_ written: String) -> (CivilDate, seconds: Int)? {
    guard let number = Double(written), (0..<CellNumber.lastDay).contains(number) else {
      return nil
    }
    var serial = Int(number)
    var seconds = Int(((number - Double(serial)) * 86_400).rounded())
    if seconds == 86_400 { (serial, seconds) = (serial + 1, 0) }
    let day: CivilDate
    if countsFrom1904 {
      day = CivilDate(dayNumber: CellNumber.day1904 + serial)
    } else {
      // Day 60 is a 29 February 1900 that never was; the days before it are one off.
      guard serial != 60, serial > 0 else { return nil }
      day = CivilDate(dayNumber: CellNumber.day1900 + serial + (serial < 60 ? 1 : 0))
    }
    return (day, seconds)
  }

  /// The day number, from 1970, of 30 December 1899 and of 1 January 1904.
  private static let day1900 = -25_569
  private static let day1904 = -24_107
  /// The day behind 31 December 9999.
  private static let lastDay = 2_958_466.0

  private func clock(_ seconds: Int) -> String {
    String(format: "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
  }
}

/// The reading of a date in the forms that spreadsheets and people write.
public enum WrittenDate {
  /// The date: 2009-6-5, 2009/6/5, 2009.6.5, 20090605, 2009年6月5日 or 二〇〇九年六月五日, with or without
  /// a time of day behind it.
  ///
  /// A time with a zone, as libraries of spreadsheets write it (`2025-12-31T16:00:00.000Z`), is the
  /// day that it was in China at that moment.
  public static func read(_ written: String) throws(ReadingRefusal) -> Reading<CivilDate> {
    let text = WrittenText.read(written)
    let (day, time) = parts(of: text.value)
    var code = WrittenCode.read(day)
    if WrittenCode.isScientific(code.value) { throw ReadingRefusal(.scientificNotation) }
    if code.value.hasSuffix(".0"), WrittenCode.isDigits(code.value.dropLast(2)) {
      code = code.then(String(code.value.dropLast(2)), adding: .wholeNumber)
    }
    let changes = text.changes.union(code.changes)
    let date = try date(in: code.value)
    guard let time else { return Reading(date, changes: changes) }
    guard let zone = try zone(of: time) else {
      return Reading(date, changes: changes.union(.timeOfDay))
    }
    let minutes = zone.minutes + ChinaTime.minutesAhead - zone.offset
    let days = minutes >= 0 ? minutes / 1440 : (minutes - 1439) / 1440
    return Reading(
      date.adding(days: days), changes: changes.union(days == 0 ? .timeOfDay : [.timeOfDay, .zone]))
  }

  private static func date(in code: String) throws(ReadingRefusal) -> CivilDate {
    let text = westernDigits(code)
    if WrittenCode.isDigits(text) { return try date(ofDigits: text) }
    let separators: Set<Character> = ["-", "/", ".", "年", "月", "日", "号", "\\"]
    let dashes = WrittenText.string(
      text.unicodeScalars.map { WrittenScalar.isDash($0) || $0 == "~" ? "-" : $0 })
    let parts = dashes.split(whereSeparator: separators.contains).map(String.init)
    guard parts.allSatisfy(WrittenCode.isDigits) else { throw ReadingRefusal(.notADate) }
    if parts.count == 2, parts[0].utf8.count == 5 {
      // A day number with its time of day, such as 39969.5.
      throw ReadingRefusal(.dateSerialNumber)
    }
    guard parts.allSatisfy({ $0.utf8.count <= 4 }) else { throw ReadingRefusal(.notADate) }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3 else {
      if numbers.count == 2, parts[0].utf8.count == 4 { throw ReadingRefusal(.dateDayMissing) }
      // 93年5月: the year of two digits is the first thing to mend.
      if numbers.count == 2, numbers[0] > 12 || text.contains("年") {
        throw ReadingRefusal(.dateShortYear)
      }
      throw ReadingRefusal(.notADate)
    }
    guard parts[0].utf8.count == 4 else {
      throw ReadingRefusal(parts[2].utf8.count == 4 ? .dateYearNotFirst : .dateShortYear)
    }
    return try date(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  private static func date(ofDigits text: String) throws(ReadingRefusal) -> CivilDate {
    guard let number = Int(text) else { throw ReadingRefusal(.notADate) }
    switch text.utf8.count {
    case 8:
      return try date(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    case 6:
      let isMonth = (1900...2100).contains(number / 100) && (1...12).contains(number % 100)
      if isMonth { throw ReadingRefusal(.dateDayMissing) }
      let isShort =
        (1...12).contains(number / 100 % 100) && (1...31).contains(number % 100)
      throw ReadingRefusal(isShort ? .dateShortYear : .notADate)
    // Five digits hold the day numbers of 1927 to 2173.
    case 5: throw ReadingRefusal(.dateSerialNumber)
    default: throw ReadingRefusal(.notADate)
    }
  }

  private static func date(
    year: Int, month: Int, day: Int
  ) throws(ReadingRefusal) -> CivilDate {
    guard let date = CivilDate(year: year, month: month, day: day) else {
      throw ReadingRefusal(.notADate)
    }
    return date
  }

  /// The day and the time of day behind it (`2009-06-05 00:00:00`, `2009-06-05T08:30`), if any.
  private static func parts(of text: String) -> (day: String, time: String?) {
    guard text.contains(":") || text.contains("：") else { return (text, nil) }
    let day = text.prefix { $0 != " " && $0 != "T" && $0 != "t" && $0 != "\u{3000}" }
    let time = text.dropFirst(day.count)
    return (String(day), time.isEmpty ? nil : String(time))
  }

  /// The minutes of the day and the zone's minutes ahead of UTC; nil for a time without a zone,
  /// which is China's.
  private static func zone(
    of time: String
  ) throws(ReadingRefusal) -> (minutes: Int, offset: Int)? {
    let text = WrittenCode.read(time).value.uppercased().drop { $0 == "T" }
    let clock = text.prefix { $0.isNumber || $0 == ":" || $0 == "." }
    var rest = text.dropFirst(clock.count)
    guard !rest.isEmpty, rest != "AM", rest != "PM" else { return nil }
    let parts = clock.split(separator: ":").compactMap { Int($0.prefix { $0 != "." }) }
    guard parts.count >= 2, (0...24).contains(parts[0]), (0...59).contains(parts[1]) else {
      throw ReadingRefusal(.notADate)
    }
    let minutes = parts[0] * 60 + parts[1]
    for name in ["UTC", "GMT", "Z"] where rest.hasPrefix(name) { rest = rest.dropFirst(name.count) }
    if rest.isEmpty { return (minutes, 0) }
    let digits = rest.dropFirst().filter { $0 != ":" }
    guard let sign = rest.first, sign == "+" || sign == "-", WrittenCode.isDigits(digits),
      digits.count <= 4, let number = Int(digits)
    else { throw ReadingRefusal(.notADate) }
    let offset = digits.count <= 2 ? number * 60 : number / 100 * 60 + number % 100
    return (minutes, sign == "-" ? -offset : offset)
  }

  /// 二〇〇九年十二月三十一日 in digits; any other text as it is.
  private static func westernDigits(_ text: String) -> String {
    guard text.contains("年"), text.contains(where: { numerals[$0] != nil }) else { return text }
    var result = ""
    var run: [Character] = []
    for character in text + "日" {
      if numerals[character] != nil || character == "十" {
        run.append(character)
      } else {
        result += digits(of: run)
        run = []
        result.append(character)
      }
    }
    return String(result.dropLast())
  }

  /// 二〇〇九 is 2009, 十二 is 12, 三十一 is 31.
  private static func digits(of run: [Character]) -> String {
    guard let ten = run.firstIndex(of: "十") else {
      return run.compactMap { numerals[$0].map(String.init) }.joined()
    }
    let tens = run[..<ten].first.flatMap { numerals[$0] } ?? 1
    let ones = run[(ten + 1)...].first.flatMap { numerals[$0] } ?? 0
    return String(tens * 10 + ones)
  }

  private static let numerals: [Character: Int] = [
    "〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
    "九": 9,
  ]
}

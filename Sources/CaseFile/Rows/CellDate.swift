public import ExchangeRules

/// Reads a date in the forms that spreadsheets and people write.
public enum CellDate {
  /// Why a cell is not taken as a date.
  public enum Refusal: Error, Sendable, Hashable {
    /// A spreadsheet's day number such as 39969: the cell lost its date format.
    case serialNumber
    /// A year of two digits: 09-6-5 can be three dates.
    case shortYear
    /// A month without a day.
    case dayMissing
    /// Day or month first, as in 6/5/2009: the order is anybody's guess.
    case yearNotFirst
    /// No such day, or no date at all.
    case notADate
  }

  /// The date in a cell: 2009-6-5, 2009/6/5, 2009.6.5, 20090605 or 2009年6月5日, with or without a
  /// time of day behind it.
  public static func parse(_ cell: String) -> Result<CivilDate, Refusal> {
    let text = withoutTime(CellText.content(of: cell))
    if CellText.isDigits(text) { return parseDigits(text) }
    let separators: Set<Character> = ["-", "/", ".", "年", "月", "日", "号"]
    let parts = text.split(whereSeparator: separators.contains).map(String.init)
    guard parts.allSatisfy(CellText.isDigits), parts.allSatisfy({ $0.utf8.count <= 4 }) else {
      return .failure(.notADate)
    }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3 else {
      let isMonth = numbers.count == 2 && parts.first?.utf8.count == 4
      return .failure(isMonth ? .dayMissing : .notADate)
    }
    guard parts[0].utf8.count == 4 else {
      return .failure(parts[2].utf8.count == 4 ? .yearNotFirst : .shortYear)
    }
    return date(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  private static func parseDigits(_ text: String) -> Result<CivilDate, Refusal> {
    guard let number = Int(text) else { return .failure(.notADate) }
    switch text.utf8.count {
    case 8:
      return date(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    case 6:
      return .failure((1...12).contains(number % 100) ? .dayMissing : .notADate)
    // Five digits hold the day numbers of 1927 to 2173.
    case 5:
      return .failure(.serialNumber)
    default:
      return .failure(.notADate)
    }
  }

  private static func date(year: Int, month: Int, day: Int) -> Result<CivilDate, Refusal> {
    guard let date = CivilDate(year: year, month: month, day: day) else {
      return .failure(.notADate)
    }
    return .success(date)
  }

  /// Cuts a time of day (`2009-06-05 00:00:00`, `2009-06-05T08:30`) and makes digits half-width.
  private static func withoutTime(_ content: String) -> String {
    var day = content
    if content.contains(":") || content.contains("：") {
      day = String(content.prefix { $0 != " " && $0 != "T" && $0 != "\u{3000}" })
    }
    return CellText.code(of: day)
  }
}

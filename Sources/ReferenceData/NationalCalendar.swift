public import ExchangeRules

extension WorkingCalendar {
  /// The national arrangement of holidays and make-up working days, 2004 through 2026, as published
  /// by the General Office of the State Council.
  ///
  /// Later years: `xiecha-admin calendar import FILE`.
  public static let national: WorkingCalendar = {
    let text = CalendarText.text.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
    // The text is generated and proved by a test; if it could not be read, every question about a
    // working day would be answered by a `CalendarGap`, never by a guess.
    return (try? WorkingCalendar(csv: text)) ?? WorkingCalendar()
  }()
}

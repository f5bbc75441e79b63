/// A working day was asked for in a year whose holidays are not known.
///
/// Holidays are announced a year ahead, so a guess would be wrong; the remedy is to import the
/// year's file (S4.5).
public struct CalendarGap: Error, Hashable, Sendable {
  /// The first year that was needed and is not covered.
  public let year: Int

  /// Names the year.
  public init(year: Int) {
    self.year = year
  }

  /// The command that extends the calendar.
  public static let remedy = "xiecha-admin calendar import FILE"

  /// What to tell an operator.
  public var text: BilingualText {
    BilingualText(
      chinese: "工作日历没有\(year)年的数据；请用 \(CalendarGap.remedy) 导入该年的节假日安排",
      english: "the working calendar does not cover \(year); extend it with \(CalendarGap.remedy)")
  }
}

/// One day that differs from the plain week: a holiday, or a weekend day that is worked.
public struct CalendarRow: Hashable, Sendable, Comparable {
  /// The day.
  public let date: CivilDate
  /// Whether the day is worked (a make-up Saturday or Sunday).
  public let isWorked: Bool
  /// The holiday's name, such as "国庆节".
  public let name: String

  /// A day that differs from the plain week.
  public init(date: CivilDate, isWorked: Bool, name: String) {
    self.date = date
    self.isWorked = isWorked
    self.name = name
  }

  /// Earlier days come first.
  public static func < (left: CalendarRow, right: CalendarRow) -> Bool {
    left.date < right.date
  }
}

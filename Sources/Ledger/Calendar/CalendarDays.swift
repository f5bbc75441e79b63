/// A day that differs from its weekday's rule, as a row of the calendar file says (S4.5).
public struct CalendarDay: Sendable, Hashable {
  /// The day, yyyymmdd.
  public var day: Int32
  /// The file's type: "holiday" or "workday_makeup".
  public var type: String
  /// The holiday's name.
  public var name: String
  /// The file's `in_lieu`.
  public var isInLieu: Bool

  /// A row of the calendar file.
  public init(day: Int32, type: String, name: String, isInLieu: Bool) {
    self.day = day
    self.type = type
    self.name = name
    self.isInLieu = isInLieu
  }
}

/// How it lies in its rows.
private enum CalendarTable {
  static let columns = Columns(
    .calendarDay, readingFrom: CalendarDay(day: 0, type: "", name: "", isInLieu: false),
    [
      Column("day", \.day), Column("type", \.type), Column("name", \.name),
      Column("in_lieu", \.isInLieu),
    ])
}

extension Statement {
  static let calendarDays = Statement(
    "the imported days",
    "SELECT \(CalendarTable.columns.selected) FROM calendar_day ORDER BY day")
  static let removeCalendarDays = Statement(
    "forget the days of a span", "DELETE FROM calendar_day WHERE day BETWEEN ? AND ?")
  static let importCalendarDay = Statement(
    "import a day",
    """
    \(CalendarTable.columns.insert(and: "imported"))
    ON CONFLICT (day) DO UPDATE SET type = excluded.type, name = excluded.name,
      in_lieu = excluded.in_lieu
    """)
}

extension LedgerReader {
  /// The imported days, in order; empty: the calendar of the program stands alone.
  public func calendarDays() throws -> [CalendarDay] {
    try rows(.calendarDays) { try CalendarTable.columns.record($0) }
  }
}

extension LedgerTransaction {
  /// Imports days.
  ///
  /// A year that occurs among them is replaced whole, others stay.
  public func importCalendar(_ days: [CalendarDay], at time: Int64) throws {
    for year in Set(days.map { $0.day / 10_000 }) {
      try put(
        .removeCalendarDays, [.integer(year * 10_000), .integer(year * 10_000 + 9_999)])
    }
    for day in days {
      try put(
        .importCalendarDay, CalendarTable.columns.values(of: day, and: .integer(time)))
    }
  }
}

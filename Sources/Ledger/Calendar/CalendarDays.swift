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

extension LedgerReader {
  /// The imported days, in order; empty: the calendar of the program stands alone.
  public func calendarDays() throws -> [CalendarDay] {
    try rows("SELECT day, type, name, in_lieu FROM calendar_day ORDER BY day") {
      CalendarDay(day: $0.int32(0), type: $0.text(1), name: $0.text(2), isInLieu: $0.flag(3))
    }
  }
}

extension LedgerTransaction {
  /// Imports days.
  ///
  /// A year that occurs among them is replaced whole, others stay.
  public func importCalendar(_ days: [CalendarDay], at time: Int64) throws {
    for year in Set(days.map { $0.day / 10_000 }) {
      try execute("DELETE FROM calendar_day WHERE day / 10000 = ?", [.integer(year)])
    }
    for day in days {
      try execute(
        """
        INSERT INTO calendar_day (day, type, name, in_lieu, imported) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (day) DO UPDATE SET type = excluded.type, name = excluded.name,
          in_lieu = excluded.in_lieu
        """,
        [
          .integer(day.day), .text(day.type), .text(day.name), .flag(day.isInLieu),
          .integer(time),
        ])
    }
  }
}

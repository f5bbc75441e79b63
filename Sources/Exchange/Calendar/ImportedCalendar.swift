public import ExchangeRules
public import Ledger

extension WorkingCalendar {
  /// This calendar with the years that were imported into a ledger in place of its own (S4.5).
  public func withYears(
    of imported: [CalendarDay]
  ) throws(CalendarFileFailure) -> WorkingCalendar {
    if imported.isEmpty { return self }
    return try amended(
      by: imported.compactMap { day in
        CivilDate(yyyymmdd: day.day).map {
          CalendarRow(date: $0, isWorked: day.type == CalendarDay.workedType, name: day.name)
        }
      })
  }
}

extension CalendarDay {
  /// The type of a weekend day that is worked.
  static let workedType = "workday_makeup"
  /// The type of a day off.
  static let holidayType = "holiday"
}

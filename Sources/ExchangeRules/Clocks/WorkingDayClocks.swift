/// S4.3: the clocks of five working days that the Fujian profile adds.
public enum WorkingDayClocks {
  /// Working days, for each of the three clocks.
  public static let workingDays = 5

  /// A changed record is updated within five working days.
  public static func recordUpdate(
    changed: CivilDate, calendar: WorkingCalendar
  ) throws(CalendarGap) -> Deadline {
    try deadline(.update, from: changed, calendar: calendar)
  }

  /// The requirement that sets them.
  static let rule = "S4.3"

  /// The clock of a purpose: a notification is submitted within five working days of the event; the
  /// household place reviews, updates its register and feeds back within five of receipt.
  static func deadline(
    _ purpose: DeadlinePurpose, from start: CivilDate, calendar: WorkingCalendar
  ) throws(CalendarGap) -> Deadline {
    try Deadline(
      rule: rule, purpose: purpose, start: start, workingDays: workingDays, calendar: calendar)
  }
}

/// S4.3: the clocks of five working days that the Fujian profile adds.
public enum WorkingDayClocks {
  /// Working days, for each of the three clocks.
  public static let workingDays = 5

  /// A notification is submitted within five working days of the event.
  public static func submission(
    occurred: CivilDate, calendar: WorkingCalendar
  ) throws(CalendarGap) -> Deadline {
    try deadline(.submit, from: occurred, calendar: calendar)
  }

  /// The household place reviews, updates its register and feeds back within five working days of
  /// receipt.
  public static func feedback(
    received: CivilDate, calendar: WorkingCalendar
  ) throws(CalendarGap) -> Deadline {
    try deadline(.feedback, from: received, calendar: calendar)
  }

  /// A changed record is updated within five working days.
  public static func recordUpdate(
    changed: CivilDate, calendar: WorkingCalendar
  ) throws(CalendarGap) -> Deadline {
    try deadline(.update, from: changed, calendar: calendar)
  }

  private static func deadline(
    _ purpose: DeadlinePurpose, from start: CivilDate, calendar: WorkingCalendar
  ) throws(CalendarGap) -> Deadline {
    try Deadline(
      rule: "S4.3", purpose: purpose, start: start, workingDays: workingDays, calendar: calendar)
  }
}

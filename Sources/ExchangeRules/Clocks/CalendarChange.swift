/// S4.5: a change of calendar recomputes the open items and says which moved.
public enum CalendarChange {
  /// One clock whose date is another under the new calendar.
  public struct Move: Hashable, Sendable {
    /// The clock as it was.
    public let before: Deadline
    /// The clock as it is now.
    public let after: Deadline
  }

  /// The clock recomputed; nil when its date stays.
  public static func move(
    of deadline: Deadline, under calendar: WorkingCalendar
  ) throws(CalendarGap) -> Move? {
    guard deadline.unit == .workingDays else { return nil }
    let after = try Deadline(
      rule: deadline.rule, purpose: deadline.purpose, start: deadline.start,
      workingDays: deadline.length, calendar: calendar)
    return after.due == deadline.due ? nil : Move(before: deadline, after: after)
  }
}

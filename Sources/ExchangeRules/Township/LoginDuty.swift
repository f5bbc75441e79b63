/// S10.1: operators sign in on every working day of a month; the days that are missing show.
public struct LoginDuty: Hashable, Sendable {
  /// The working days of the month that have begun, in order.
  public let workingDays: [CivilDate]
  /// Those without a sign-in.
  public let missing: [CivilDate]

  /// The duty in a month.
  ///
  /// A day of a year whose holidays are not known counts as worked from Monday to Friday.
  ///
  /// - Parameters:
  ///   - month: The month.
  ///   - today: The day asked on: what comes after it is not owed yet, nor is it itself.
  ///   - signedIn: The days with a sign-in.
  ///   - calendar: Which days are worked (S4.5).
  public init(
    in month: CycleMonth, before today: CivilDate, signedIn: Set<CivilDate>,
    by calendar: WorkingCalendar
  ) {
    var days: [CivilDate] = []
    var day = month.first
    let end = min(month.next.first, today)
    while day < end {
      if (try? calendar.isWorkingDay(day)) ?? (day.weekday < 6) { days.append(day) }
      day = day.adding(days: 1)
    }
    workingDays = days
    missing = days.filter { !signedIn.contains($0) }
  }
}

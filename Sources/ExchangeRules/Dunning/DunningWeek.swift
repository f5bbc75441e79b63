/// A week of dunning (S10.4), called by its Friday.
public struct DunningWeek: Hashable, Sendable {
  /// The Friday that the week is called by.
  public let friday: CivilDate

  private static let days = 7
  private static let weekdayOfFriday = 5

  /// The week that a day belongs to: a Saturday begins one, a Friday ends it.
  public init(containing day: CivilDate) {
    let ahead = (DunningWeek.weekdayOfFriday - day.weekday + DunningWeek.days) % DunningWeek.days
    friday = day.adding(days: ahead)
  }

  /// The last week whose lists are to be there on a day; nil where none was yet.
  ///
  /// A node that was off finds with it which week it has missed.
  public static func last(
    through day: CivilDate, by calendar: WorkingCalendar
  ) -> (week: DunningWeek, day: CivilDate)? {
    var week = DunningWeek(containing: day)
    // A week without any working day has no list: the one before may be the last.
    for _ in 0..<DunningWeek.days {
      if let dunning = week.day(by: calendar), dunning <= day { return (week, dunning) }
      week = DunningWeek(containing: week.friday.adding(days: -DunningWeek.days))
    }
    return nil
  }

  /// The day on which lagging places are dunned: the Friday or, where it is a holiday, the working day
  /// before it.
  ///
  /// A day of a year whose holidays are not known counts as worked.
  ///
  /// - Parameter calendar: Which days are worked (S4.5).
  /// - Returns: The day, of the seven that end on the Friday; nil where none of them is worked: the
  ///   list of the week before was the last.
  public func day(by calendar: WorkingCalendar) -> CivilDate? {
    (0..<DunningWeek.days).lazy.map { friday.adding(days: -$0) }
      .first { (try? calendar.isWorkingDay($0)) ?? true }
  }
}

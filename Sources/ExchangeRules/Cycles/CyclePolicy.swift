/// S5.3: whether the cut-offs of the 20th and the 27th move when they are not working days.
public enum CyclePolicy: Hashable, Sendable {
  /// They do not move: the source's rule.
  case fixed
  /// They move to the next working day, by a calendar: a site's own setting.
  case nextWorkingDay(WorkingCalendar)

  /// The days of a submission cycle.
  public func days(of cycle: SubmissionCycle) throws(CalendarGap) -> ClosedRange<CivilDate> {
    let first = try cutOff(cycle.previous.last).adding(days: 1)
    let last = try cutOff(cycle.last)
    return min(first, last)...last
  }

  /// The last day on which an item of a submission cycle counts as received or fed back.
  public func lastDay(of cycle: ReceiptCycle) throws(CalendarGap) -> CivilDate {
    try cutOff(cycle.last)
  }

  /// The submission cycle in which a day lies.
  public func submissionCycle(containing date: CivilDate) throws(CalendarGap) -> SubmissionCycle {
    let cycle = SubmissionCycle(containing: date)
    switch self {
    case .fixed: return cycle
    case .nextWorkingDay:
      // A cut-off only ever moves later, so the day may belong to the cycle before.
      let closed = try cutOff(cycle.previous.last)
      return date <= closed ? cycle.previous : cycle
    }
  }

  private func cutOff(_ date: CivilDate) throws(CalendarGap) -> CivilDate {
    switch self {
    case .fixed: date
    case .nextWorkingDay(let calendar): try calendar.workingDay(onOrAfter: date)
    }
  }
}

/// S4.5: one clock of an item, carrying all that explains its date.
public struct Deadline: Hashable, Sendable {
  /// The requirement that sets the clock, such as "S4.1".
  public let rule: String
  /// What has to be done.
  public let purpose: DeadlinePurpose
  /// The day the clock starts on; not counted.
  public let start: CivilDate
  /// How long the clock runs, in `unit`.
  public let length: Int
  /// Days or working days.
  public let unit: DeadlineUnit
  /// The last day that is in time, through its end, China Standard Time.
  public let due: CivilDate

  /// A clock read back from where it was stored.
  public init(
    rule: String, purpose: DeadlinePurpose, start: CivilDate, length: Int, unit: DeadlineUnit,
    due: CivilDate
  ) {
    self.rule = rule
    self.purpose = purpose
    self.start = start
    self.length = length
    self.unit = unit
    self.due = due
  }

  /// A clock of calendar days.
  public init(rule: String, purpose: DeadlinePurpose, start: CivilDate, days: Int) {
    self.init(
      rule: rule, purpose: purpose, start: start, length: days, unit: .days,
      due: start.adding(days: days))
  }

  /// A clock of working days.
  public init(
    rule: String, purpose: DeadlinePurpose, start: CivilDate, workingDays: Int,
    calendar: WorkingCalendar
  ) throws(CalendarGap) {
    let due = try calendar.adding(workingDays: workingDays, to: start)
    self.init(
      rule: rule, purpose: purpose, start: start, length: workingDays, unit: .workingDays, due: due)
  }

  /// Whether something done on a day was done in time: through the end of the due date.
  public func isInTime(_ day: CivilDate) -> Bool { day <= due }

  /// The clock in words, for `xiecha explain`.
  public var explanation: BilingualText {
    BilingualText(
      chinese: "\(rule)：自\(start)起（当日不计）\(length)\(unit.label.chinese)内"
        + "\(purpose.label.chinese)，截止\(due)（含当日）",
      english: "\(rule): \(purpose.label.english) within \(length) \(unit.label.english) of "
        + "\(start) (that day not counted), in time through \(due)")
  }
}

/// S6.6: an overdue item stays answerable; late but done and never done are counted apart.
public enum AnswerTimeliness: Hashable, Sendable {
  /// Not done, and still in time.
  case open
  /// Done through the end of the due date.
  case inTime
  /// Done, this many days after the due date.
  case lateButDone(days: Int)
  /// Not done, this many days after the due date.
  case neverDone(days: Int)

  /// Where an item stands that was due on a day, as of another.
  public init(due: CivilDate, done: CivilDate?, asOf today: CivilDate) {
    if let done {
      self = done <= due ? .inTime : .lateButDone(days: due.days(until: done))
    } else {
      self = today <= due ? .open : .neverDone(days: due.days(until: today))
    }
  }
}

/// What dunning looks at of an item whose due date has passed (S10.4).
public struct LateItem: Hashable, Sendable {
  /// The last day on which it was in time.
  public var due: CivilDate
  /// The county that owes its receipt or feedback.
  public var county: DivisionCode
  /// The township or village that it was given to (S10.2); nil: the county holds it itself.
  public var holder: DivisionCode?
  /// Why it cannot reach who owes; nil: it can.
  public var stopped: StoppedDestination?

  /// An item.
  public init(
    due: CivilDate, county: DivisionCode, holder: DivisionCode? = nil,
    stopped: StoppedDestination? = nil
  ) {
    self.due = due
    self.county = county
    self.holder = holder
    self.stopped = stopped
  }

  /// By how many days it is late on a day; 0: it is not.
  public func daysLate(on day: CivilDate) -> Int { max(0, due.days(until: day)) }
}

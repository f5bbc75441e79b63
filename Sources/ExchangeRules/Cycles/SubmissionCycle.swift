/// S5.2: the submission cycle of a month, the 21st of the month before through the 20th.
public struct SubmissionCycle: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The last day of a month's submissions (S5.1).
  public static let closingDay = 20

  /// The month that names the cycle.
  public let month: CycleMonth

  /// The cycle of a month.
  public init(month: CycleMonth) {
    self.month = month
  }

  /// The cycle in which a day lies.
  public init(containing date: CivilDate) {
    let month = CycleMonth(containing: date)
    self.month = date.day > SubmissionCycle.closingDay ? month.next : month
  }

  /// The cycle named "YYYY-MM", or nil.
  public init?(_ text: some StringProtocol) {
    guard let month = CycleMonth(text) else { return nil }
    self.month = month
  }

  /// The 21st of the month before.
  public var first: CivilDate { month.previous.day(SubmissionCycle.closingDay + 1) }
  /// The 20th.
  public var last: CivilDate { month.day(SubmissionCycle.closingDay) }
  /// The cycle after.
  public var next: SubmissionCycle { SubmissionCycle(month: month.next) }
  /// The cycle before.
  public var previous: SubmissionCycle { SubmissionCycle(month: month.previous) }
  /// Whether a day lies in the cycle.
  public func contains(_ date: CivilDate) -> Bool { first <= date && date <= last }

  /// "YYYY-MM".
  public var description: String { month.description }

  /// Earlier cycles come first.
  public static func < (left: SubmissionCycle, right: SubmissionCycle) -> Bool {
    left.month < right.month
  }
}

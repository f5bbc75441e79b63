/// What the rules say about an item: its urgency, what it asks for, its cycle, and every clock that
/// binds it (S4, S5.2).
public struct ItemRuling: Hashable, Sendable {
  /// `none` for a notice.
  public let urgency: Urgency
  /// What the other side owes.
  public let response: Response
  /// The submission cycle (S5.2).
  public let submissionCycle: SubmissionCycle
  /// All clocks (S4.6), in the order of their rules.
  public let deadlines: [Deadline]
  /// The earliest of the receive and feedback deadlines (S4.6): what the other side is held to.
  public let due: CivilDate

  /// The clocks that are known to run and whose dates are not known yet; empty but for a ruling as
  /// far as the calendar reaches.
  public let waiting: [WaitingClock]

  /// Rules on an item.
  ///
  /// A clock of working days that leaves the covered years is a `RulingGap`.
  public init(
    of item: ItemFacts, calendar: WorkingCalendar, cycles: CyclePolicy = .fixed
  ) throws(RulingGap) {
    try self.init(asFarAsKnown: item, calendar: calendar, cycles: cycles)
    if let clock = waiting.first { throw clock.gap }
  }

  /// Rules on an item as far as the calendar reaches: a clock of working days that leaves the covered
  /// years waits for its date, and the others count.
  ///
  /// Only a cycle whose cut-off moves with the calendar can still be a `RulingGap`.
  public init(
    asFarAsKnown item: ItemFacts, calendar: WorkingCalendar, cycles: CyclePolicy = .fixed
  ) throws(RulingGap) {
    switch item.kind {
    case .assistRequest:
      urgency = AssistFeedbackClock.urgency(currentlyPregnant: item.currentlyPregnant)
    case .serviceNotice:
      urgency = .none
    }
    response = ItemRuling.response(to: item.kind, item.category)
    submissionCycle = try RulingGap.naming("submitted") { () throws(CalendarGap) in
      try cycles.submissionCycle(containing: item.submitted)
    }
    (deadlines, waiting) = ItemRuling.deadlines(of: item, response: response, calendar: calendar)
    due =
      deadlines.filter { $0.purpose == .receive || $0.purpose == .feedback }
      .map(\.due).min() ?? item.submitted
  }

  /// What an item asks of the other side (S4.1, S4.2).
  public static func response(to kind: ItemKind, _ category: Category) -> Response {
    kind == .assistRequest ? .feedback : NoticeClocks.response(to: category)
  }

  private static func deadlines(
    of item: ItemFacts, response: Response, calendar: WorkingCalendar
  ) -> ([Deadline], waiting: [WaitingClock]) {
    var deadlines: [Deadline]
    switch item.kind {
    case .assistRequest:
      deadlines = [
        AssistFeedbackClock.deadline(
          currentlyPregnant: item.currentlyPregnant, submitted: item.submitted)
      ]
    case .serviceNotice:
      deadlines = NoticeClocks.deadlines(category: item.category, submitted: item.submitted)
    }
    var waiting: [WaitingClock] = []
    guard item.profile.hasWorkingDayClocks else { return (deadlines, waiting) }
    func add(_ purpose: DeadlinePurpose, from start: CivilDate, _ field: String) {
      do throws(CalendarGap) {
        deadlines.append(
          try WorkingDayClocks.deadline(purpose, from: start, calendar: calendar))
      } catch {
        waiting.append(
          WaitingClock(
            rule: WorkingDayClocks.rule, purpose: purpose, start: start,
            length: WorkingDayClocks.workingDays, gap: RulingGap(field: field, gap: error)))
      }
    }
    if let occurred = item.occurred { add(.submit, from: occurred, "occurred") }
    if let received = item.received, response == .feedback {
      add(.feedback, from: received, "received")
    }
    return (deadlines, waiting)
  }
}

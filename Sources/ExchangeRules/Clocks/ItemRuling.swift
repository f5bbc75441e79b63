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

  /// Rules on an item.
  ///
  /// A clock of working days that leaves the covered years is a `RulingGap`.
  public init(
    of item: ItemFacts, calendar: WorkingCalendar, cycles: CyclePolicy = .fixed
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
    deadlines = try ItemRuling.deadlines(of: item, response: response, calendar: calendar)
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
  ) throws(RulingGap) -> [Deadline] {
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
    guard item.profile.hasWorkingDayClocks else { return deadlines }
    if let occurred = item.occurred {
      deadlines.append(
        try RulingGap.naming("occurred") { () throws(CalendarGap) in
          try WorkingDayClocks.submission(occurred: occurred, calendar: calendar)
        })
    }
    if let received = item.received, response == .feedback {
      deadlines.append(
        try RulingGap.naming("received") { () throws(CalendarGap) in
          try WorkingDayClocks.feedback(received: received, calendar: calendar)
        })
    }
    return deadlines
  }
}

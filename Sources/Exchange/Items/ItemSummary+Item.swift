internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

extension ItemSummary {
  /// A line of a list, masked (G3).
  ///
  /// - Parameters:
  ///   - item: The item as it stands.
  ///   - today: The day on which it counts as late or not (S6.6).
  init(_ item: StoredItem, today: CivilDate) {
    self.init()
    id = item.id.bytes
    kind = item.kind
    category = item.category
    from = item.from
    to = item.to
    state = item.state
    urgency = item.urgency
    maskedName = item.maskedName
    maskedCitizenId = item.maskedCitizenID
    submitted = item.submitted
    due = item.due
    feedbackRequired = item.feedbackRequired
    assignedTo = item.assignedTo
    finding = item.finding
    cycle = item.cycle
    late = item.isLate(on: today)
    withoutEffect = UInt32(clamping: item.withoutEffect)
    toDecide = UInt32(clamping: item.toDecide)
    canAnswer = item.inbound && item.need == .feedback
  }
}

extension StoredItem {
  /// S4.5, S6.6: how it stands to its due date: what it needs was done by the end of that day, later,
  /// or not yet; nil: nothing is owed, or it has no date.
  func timeliness(on today: CivilDate) -> AnswerTimeliness? {
    guard state != .withdrawn, let due = CivilDate(yyyymmdd: due) else { return nil }
    let done = times[feedbackRequired ? .answered : .received]
    return AnswerTimeliness(
      due: due, done: done == 0 ? nil : CivilDate(chinaDateOf: done), asOf: today)
  }

  /// Whether that is late, done or not.
  fileprivate func isLate(on today: CivilDate) -> Bool {
    switch timeliness(on: today) {
    case .lateButDone, .neverDone: true
    case .open, .inTime, nil: false
    }
  }
}

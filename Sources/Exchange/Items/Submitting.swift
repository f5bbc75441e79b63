internal import ExchangeProtos
internal import ExchangeRules
internal import Wire

/// What the county fixes when it sends an item: urgency, clocks, cycle, and why she is a key subject
/// (S1.2, S2.1, S4, S5).
struct Submitting {
  let identity: NodeIdentity
  let calendar: WorkingCalendar

  func submission(of item: Item, on today: CivilDate) throws(CallFailure) -> Submission {
    guard identity.kind == .county else {
      throw CallFailure(
        .failedPrecondition, "county-sends", field: "id",
        "由县（市、区）提交 (S2.1) / the county sends (S2.1); it has this item already")
    }
    try CallFailure.check([SubjectRule.check(item.subjectFacts, on: today)])
    guard let facts = item.facts(submitted: today, received: nil, profile: identity.profile) else {
      throw CallFailure(
        .invalidArgument, "unknown-category", field: "item.category", "no such category")
    }
    let ruling: ItemRuling
    do throws(RulingGap) {
      ruling = try ItemRuling(of: facts, calendar: calendar)
    } catch {
      throw CallFailure(error)
    }
    var submission = Submission()
    submission.submitted = today.yyyymmdd
    submission.profile = identity.profile.name
    submission.urgency = ruling.urgency.message
    submission.feedbackRequired = ruling.response == .feedback
    submission.cycle = "\(ruling.submissionCycle)"
    submission.deadlines = ruling.deadlines.map(\.message)
    submission.due = ruling.due.yyyymmdd
    submission.keyReasons = Classification(of: item.subjectFacts, on: today).reasons.map(\.rawValue)
    return submission
  }
}

extension ExchangeRules.Urgency {
  fileprivate var message: ExchangeProtos.Urgency {
    switch self {
    case .none: .none
    case .normal: .normal
    case .urgent: .urgent
    }
  }
}

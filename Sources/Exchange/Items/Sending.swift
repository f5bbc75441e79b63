internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// The county sends an item, and fixes what follows from the rules: urgency, clocks, cycle, and why
/// she is a key subject (S1.2, S2.1, S4, S5).
struct Sending {
  let node: Node
  let context: CallContext

  func send(_ request: ItemsRequest) async throws -> ItemsReply {
    try await ItemBatch(node: node, context: context)
      .perform(.submitted, on: request, in: [.entered]) { [node] item in
        let entered = try await node.ledger.read { try $0.body(of: item.id, .entered) }
        guard let entered else { throw CallFailure.unknownItem }
        return .submitted(
          try Sending.submission(
            of: try Item(decoding: entered), from: node.identity, under: node.calendar,
            on: node.today))
      }
  }

  private static func submission(
    of item: Item, from identity: NodeIdentity, under calendar: WorkingCalendar,
    on today: CivilDate
  ) throws(CallFailure) -> Submission {
    guard identity.kind == .county else {
      throw CallFailure(
        .failedPrecondition, .countySends, field: "id",
        "由县（市、区）提交 (S2.1) / the county sends (S2.1); it has this item already")
    }
    try CallFailure.check([SubjectRule.check(item.subjectFacts, on: today)])
    guard let facts = item.facts(submitted: today, received: nil, profile: identity.profile) else {
      throw CallFailure(
        .invalidArgument, .unknownCategory, field: "item.category", "no such category")
    }
    let ruling: ItemRuling
    do throws(RulingGap) {
      // A clock that leaves the calendar waits for its date and stops nobody (S4.5).
      ruling = try ItemRuling(asFarAsKnown: facts, calendar: calendar)
    } catch {
      throw CallFailure(error)
    }
    var submission = Submission()
    submission.submitted = today.yyyymmdd
    submission.profile = identity.profile.name
    submission.urgency = ruling.urgency
    submission.feedbackRequired = ruling.response == .feedback
    submission.cycle = "\(ruling.submissionCycle)"
    submission.deadlines = ruling.deadlines.map(\.message)
    submission.due = ruling.due.yyyymmdd
    submission.keyReasons = Classification(of: item.subjectFacts, on: today).reasons.map(\.rawValue)
    return submission
  }
}

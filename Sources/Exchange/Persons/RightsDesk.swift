internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// What a person asks for about an item is taken up by a county, decided on by a second person there
/// and by the other county, each for what it holds (PIPL, articles 46, 47 and 50).
struct RightsDesk {
  let node: Node
  let context: CallContext

  func ask(_ request: AskRequest) async throws -> AskReply {
    let item = try await ItemLookup(node: node, context: context).item(request.item)
    let asked = request.request ?? RightRequest()
    try RightsDesk.check(asked)
    let event = node.event(.rightAsked, of: item.id, by: context.caller, .rightAsked(asked))
    _ = try await node.record(event)
    var reply = AskReply()
    reply.event = event.stored.id.bytes
    return reply
  }

  func decide(_ request: DecideRequest) async throws -> Done {
    let items = ItemLookup(node: node, context: context)
    let item = try await items.item(request.item)
    guard !request.reason.saysNothing else {
      throw CallFailure(
        .invalidArgument, .missingField, field: "reason",
        "须说明理由 / say why it is granted or refused")
    }
    let events = try await node.ledger.read { try $0.events(of: item.id) }
    let division = context.caller.division
    let decided = try events.filter { $0.actor.division == division }.compactMap { event in
      try event.decision()?.request
    }
    let open = events.filter { event in
      let isMeant = request.event.isEmpty || event.id.bytes == request.event
      return event.kind == .rightAsked && isMeant && !decided.contains(event.digest.bytes)
    }
    guard let asked = open.last else {
      throw CallFailure(
        .failedPrecondition, word: RuleReason.notAwaited.rawValue, field: "event",
        "没有等待本单位决定的请求 / no request waits for a decision of this office")
    }
    var decision = RightDecision()
    decision.request = asked.digest.bytes
    decision.granted = request.granted
    decision.reason = request.reason
    _ = try await node.record(
      node.event(.rightDecided, of: item.id, by: context.caller, .rightDecided(decision)))
    return try await items.done(item)
  }

  /// What is asked for is said so that the other county can judge it.
  private static func check(_ asked: RightRequest) throws(CallFailure) {
    if asked.reason.saysNothing { throw missing("request.reason", "理由", "why it is asked for") }
    if asked.basis.saysNothing { throw missing("request.basis", "法律依据", "the legal basis") }
    switch asked.right {
    case .correction where asked.corrections.isEmpty:
      throw missing("request.corrections", "须更正的项目", "what is to be corrected")
    case .erasure where !asked.corrections.isEmpty:
      throw CallFailure(
        .invalidArgument, .invalid, field: "request.corrections",
        "请求删除时不填更正项目 / what is to be erased is not corrected")
    case .correction, .erasure, nil: break
    }
    var facts = Subject()
    for (place, correction) in asked.corrections.enumerated() {
      let field = "request.corrections[\(place)]"
      guard let known = SubjectField(rawValue: correction.field) else {
        throw CallFailure.noSubjectField(field: "\(field).field")
      }
      guard facts.write(correction.value, to: known) else {
        throw CallFailure(
          .invalidArgument, .invalid, field: "\(field).value",
          "“\(known.label.chinese)”不能为“\(correction.value)” / "
            + "\(known.label.english) cannot be \(correction.value)")
      }
    }
  }

  private static func missing(
    _ field: String, _ chinese: String, _ english: String
  ) -> CallFailure {
    CallFailure(
      .invalidArgument, .missingField, field: field, "须说明\(chinese) / say \(english)")
  }
}

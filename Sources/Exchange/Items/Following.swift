internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// One item with its whole history; it leaves a trace before it leaves the node (G2).
struct Following {
  let node: Node
  let context: CallContext

  func follow(_ request: FollowRequest) async throws -> FollowReply {
    let item = try await ItemLookup(node: node, context: context).item(request.id)
    guard !request.purpose.saysNothing else {
      throw CallFailure(
        .invalidArgument, .missingField, field: "purpose",
        "须说明查阅目的 / say what the record is read for")
    }
    try await Tracing(node: node).read(item, by: context.caller, purpose: request.purpose)
    let (events, moves, remarks) = try await node.ledger.read { [node] ledger in
      let events = try ledger.events(of: item.id)
      let remarks =
        try node.book(ledger).remarks(on: item, events, in: ledger)
        + ledger.objections(to: item.id).compactMap(EventRemark.init)
        + events.filter { try ledger.seal(of: $0).isEmpty }.map { EventRemark(unsealed: $0.id) }
      return (events, try ledger.dueChanges(of: item.id), remarks)
    }
    var reply = FollowReply()
    reply.remarks = remarks
    reply.dueMoves = try moves.map { try $0.message() }
    reply.summary = ItemSummary(item, today: node.today)
    if item.withoutEffect > 0 {
      // Whoever looks at the item has seen them.
      try await node.ledger.commit { ledger in
        guard var seen = try ledger.item(item.id) else { return }
        seen.withoutEffect = 0
        try ledger.rewrite(seen)
      }
    }
    for event in events {
      let message = try event.message()
      if case .entered(let whole)? = message.detail { reply.item = whole }
      if case .submitted(let submission)? = message.detail { reply.submission = submission }
      reply.events.append(message)
    }
    if let whole = reply.item {
      reply.advice = try await node.ledger.read {
        try ItemAdvice(ledger: $0).advice(on: item.id, whole)
      }
      reply.advice += WaitingClocks.advice(on: item, whole, under: node.calendar)
    }
    return reply
  }
}

extension EventRemark {
  /// That nothing proves who wrote the event: it is older than seals are.
  fileprivate init(unsealed event: LedgerID) {
    self.init()
    eventId = event.bytes
    counts = true
    reason = FailureReason.unsealed.rawValue
    text = "启用签章之前的记录，无法证明由谁写入 / older than seals: nothing proves who wrote it"
  }

  /// That a neighbour has set the event aside; nil where it could not read which.
  fileprivate init?(_ objection: QuarantinedEvent) {
    guard let event = objection.event else { return nil }
    self.init()
    eventId = event.bytes
    counts = true
    reason = objection.reason
    text =
      "\(objection.peer)未接收（\(objection.reason)）：\(objection.text) / "
      + "\(objection.peer) has not taken it (\(objection.reason)): \(objection.text)"
  }
}

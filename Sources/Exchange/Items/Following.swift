internal import Credentials
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
      throw CallFailure.noPurpose
    }
    try checkView(of: item)
    try await Tracing(node: node).read(item, by: context.caller, purpose: request.purpose)
    let reply = try await whole(item)
    if item.withoutEffect > 0 {
      // Whoever looks at the item has seen them.
      try await node.ledger.commit { ledger in
        guard var seen = try ledger.item(item.id) else { return }
        seen.withoutEffect = 0
        try ledger.rewrite(seen)
      }
    }
    return reply
  }

  /// An item with its whole history, as it is here; whoever gives it out has left a trace.
  func whole(_ item: StoredItem) async throws -> FollowReply {
    let (events, moves, remarks) = try await node.ledger.read { [node] ledger in
      let events = try ledger.events(of: item.id)
      let remarks = try Following.remarks(on: item, events, at: node, in: ledger)
      return (events, try ledger.dueChanges(of: item.id), remarks)
    }
    var reply = FollowReply()
    reply.remarks = remarks
    reply.removed = item.removed
    reply.dueMoves = try moves.map { try $0.message() }
    reply.summary = ItemSummary(item, today: node.today)
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

  /// What is to be said of its events; of one whose details were removed nothing can be judged.
  private static func remarks(
    on item: StoredItem, _ events: [StoredEvent], at node: Node, in ledger: LedgerReader
  ) throws -> [EventRemark] {
    guard item.removed == 0 else { return [] }
    return try node.book(ledger).remarks(on: item, events, in: ledger)
      + ledger.objections(to: item.id).compactMap(EventRemark.init)
      + events.filter { try ledger.seal(of: $0).isEmpty }.map { EventRemark(unsealed: $0.id) }
  }

  /// G6: six months after its end an item is out of the ordinary view.
  private func checkView(of item: StoredItem) throws(CallFailure) {
    // What is left of an item that was removed names nobody.
    let isOld =
      item.removed == 0 && item.done > 0
      && item.done < RetentionPolicy.viewedSince(now: node.now())
    guard !isOld || context.caller.role == .countySupervisor else {
      throw CallFailure(
        .failedPrecondition, .blocked, field: "id",
        "该信息办结已超过六个月，已移出日常查阅；确有需要，请由县级督导人员查阅 / "
          + "the item came to its end more than six months ago; a county's supervisor may read it")
    }
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

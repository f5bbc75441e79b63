internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// What operators do with items, each act checked against its rule and written as an event.
struct ItemsService {
  let node: Node

  /// A page of a list, in items.
  static let pageItems = 200

  func register(in methods: inout MethodTable) {
    methods.answer(Items.enter) { request, context in try await enter(request, context) }
    methods.answer(Items.send) { request, context in
      try await forEach(request, .submitted, in: [.entered], context) {
        try await send($0, context.caller)
      }
    }
    methods.answer(Items.receive) { request, context in
      try await forEach(request, .received, in: [.delivered], context) {
        try await act(.received, on: $0, context.caller)
      }
    }
    methods.answer(Items.close) { request, context in
      // S4.2: a notice that must only be received is done when it is.
      let states: [StoredItem.State] = [.received, .assigned, .answered]
      return try await forEach(request, .closed, in: states, context) {
        try await act(.closed, on: $0, context.caller)
      }
    }
    methods.answer(Items.assign) { request, context in try await assign(request, context) }
    methods.answer(Items.recordSearch) { request, context in try await search(request, context) }
    methods.answer(Items.submitAnswer) { request, context in try await answer(request, context) }
    methods.answer(Items.follow) { request, context in try await follow(request, context) }
    methods.answer(Items.counts) { _, context in try await counts(context) }
    methods.stream(Items.list) { request, context, replies in
      try await list(request, context, replies)
    }
  }

  // MARK: Entering and sending

  private func enter(_ request: EnterRequest, _ context: CallContext) async throws -> EnterReply {
    guard let item = request.item, let id = LedgerID(item.id) else {
      throw CallFailure(.invalidArgument, "missing-field", field: "item", "no item")
    }
    try Entry(
      identity: node.identity, register: node.register, tables: node.tables, today: node.today
    ).check(item, by: context.caller, scope: context.scope)
    let outcome = try await node.record(
      node.event(.entered, of: id, by: context.caller, body: item.encoded()))
    var reply = EnterReply()
    reply.id = id.bytes
    if case .known = outcome { reply.repeatedEntry = true }
    return reply
  }

  private func send(_ item: StoredItem, _ caller: Caller) async throws {
    let today = node.today
    let entered = try await node.ledger.read { try $0.body(of: item.id, .entered) }
    guard let entered else { throw CallFailure.unknownItem }
    let submission = try Submitting(
      identity: node.identity, calendar: node.calendar
    ).submission(of: try Item(decoding: entered), on: today)
    _ = try await node.record(
      node.event(.submitted, of: item.id, by: caller, body: submission.encoded()))
  }

  // MARK: On the asked side

  private func act(
    _ kind: StoredEvent.Kind, on item: StoredItem, _ caller: Caller, body: [UInt8] = []
  ) async throws {
    guard ItemLife.mayAct(kind, division: caller.division, on: item) else {
      throw CallFailure(
        .permissionDenied, "wrong-division", field: "id",
        "这一步由另一方办理 / this step is the other side's")
    }
    _ = try await node.record(node.event(kind, of: item.id, by: caller, body: body))
  }

  private func assign(_ request: AssignRequest, _ context: CallContext) async throws -> Done {
    let item = try await item(request.id, context)
    guard let actor = DivisionCode(context.caller.division) else { throw CallFailure.unknownItem }
    let target = try await Assignment(node: node, actor: actor).target(request.to, for: item)
    try await act(.assigned, on: item, context.caller, body: Array("\(target)".utf8))
    return try await done(item)
  }

  private func search(_ request: SearchRequest, _ context: CallContext) async throws -> Done {
    let item = try await item(request.id, context)
    guard let step = request.step, let facts = step.facts else {
      throw CallFailure(.invalidArgument, "missing-field", field: "step.source", "no source")
    }
    let before = try await node.ledger.read { ledger in
      (
        side: try AnswerJudgement.side(answering: item.id, in: ledger),
        steps: try AnswerJudgement.facts(of: Answer(), to: item.id, in: ledger).steps
      )
    }
    if before.side == .household {
      try CallFailure.check([SearchOrder.check(next: facts.source, after: before.steps)])
    }
    try await act(.searched, on: item, context.caller, body: step.encoded())
    return try await done(item)
  }

  private func answer(_ request: AnswerRequest, _ context: CallContext) async throws -> Done {
    let item = try await item(request.id, context)
    guard let answer = request.answer else {
      throw CallFailure(.invalidArgument, "missing-field", field: "answer", "no answer")
    }
    let failures = try await node.ledger.read { ledger in
      AnswerRules.failures(of: try AnswerJudgement.facts(of: answer, to: item.id, in: ledger))
    }
    try CallFailure.check(failures.map { .fails($0) })
    try checkRecord(of: answer, to: item)
    try await act(.answered, on: item, context.caller, body: answer.encoded())
    return try await done(item)
  }

  /// S3, S12.2: the matched record that an answer sends back goes into both sides' registers.
  private func checkRecord(of answer: Answer, to item: StoredItem) throws(CallFailure) {
    guard let category = ExchangeRules.Category(rawValue: item.category),
      let failure = RecordEntry(tables: node.tables, today: node.today)
        .failures(of: answer, to: category).first
    else { return }
    throw CallFailure(
      .invalidArgument, failure.reason, field: "answer.\(failure.field)",
      CallFailure.text(of: [failure]))
  }

  // MARK: Looking

  /// A whole record leaves a trace before it leaves the node (G2).
  private func follow(_ request: FollowRequest, _ context: CallContext) async throws -> FollowReply
  {
    let item = try await item(request.id, context)
    guard !request.purpose.isBlank else {
      throw CallFailure(
        .invalidArgument, "missing-field", field: "purpose",
        "须说明查阅目的 / say what the record is read for")
    }
    try await Tracing(node: node).read(item, by: context.caller, purpose: request.purpose)
    let (events, moves) = try await node.ledger.read { ledger in
      (try ledger.events(of: item.id), try ledger.dueChanges(of: item.id))
    }
    var reply = FollowReply()
    reply.dueMoves = try moves.map { try $0.message() }
    reply.summary = summary(of: item)
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
    }
    return reply
  }

  private func list(
    _ request: ListRequest, _ context: CallContext, _ replies: MessageWriter<ListReply>
  ) async throws {
    var query = ItemQuery(request.box.query)
    query.state = StoredItem.State(rawValue: Int(request.state.rawValue))
    guard request.after.isEmpty || ItemCursor(request.after) != nil else {
      throw CallFailure(.outOfRange, "bad-cursor", field: "after", "not a place in this list")
    }
    var left = request.limit == 0 ? Int.max : Int(request.limit)
    for try await page in node.ledger.pages(
      of: query, after: ItemCursor(request.after), pageRows: ItemsService.pageItems)
    {
      for listed in page where isVisible(listed.item, context) {
        guard left > 0 else { return }
        left -= 1
        var reply = ListReply()
        reply.item = summary(of: listed.item)
        reply.cursor = listed.cursor.bytes
        try await replies.write(reply)
      }
    }
  }

  /// Of the whole node for who answers for it; of a part for who answers for a part.
  private func counts(_ context: CallContext) async throws -> CountsReply {
    let isForWhole = context.scope.covers(
      caller: context.caller.division, target: "\(node.identity.division)")
    let boxes: [(name: String, box: ItemQuery.Box)] = [
      ("out", .outbound), ("in", .inbound), ("all", .all),
    ]
    var reply = CountsReply()
    for (name, box) in boxes {
      let states =
        isForWhole
        ? try await node.ledger.read { try $0.countsByState(box) }
        : try await visibleCounts(box, context)
      for state in StoredItem.State.allCases {
        reply.counts.append(Count(name: "\(name).\(state)", value: states[state] ?? 0))
      }
    }
    if isForWhole {
      let quarantined = try await node.ledger.read { try $0.quarantinedCount() }
      reply.counts.append(Count(name: "quarantined", value: quarantined))
    }
    return reply
  }

  private func visibleCounts(
    _ box: ItemQuery.Box, _ context: CallContext
  ) async throws -> [StoredItem.State: Int] {
    var counts: [StoredItem.State: Int] = [:]
    for try await page in node.ledger.pages(of: ItemQuery(box)) {
      for listed in page where isVisible(listed.item, context) {
        counts[listed.item.state, default: 0] += 1
      }
    }
    return counts
  }
}

extension Count {
  fileprivate init(name: String, value: Int) {
    self.init()
    self.name = name
    self.value = UInt64(clamping: value)
  }
}

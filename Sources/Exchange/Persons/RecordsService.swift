internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// What operators of townships and counties do with the register (S7.1, S12).
struct RecordsService {
  let node: Node

  func register(in methods: inout MethodTable) {
    methods.answer(Records.history) { request, context in try await history(request, context) }
    methods.answer(Records.merge) { request, context in
      try await RegisterMerging(node: node, context: context).merge(request)
    }
    methods.answer(Records.undoMerge) { request, context in
      try await RegisterMerging(node: node, context: context).undo(request)
    }
    methods.answer(Records.accept) { request, context in
      try await Accepting(node: node, context: context).accept(request)
    }
    methods.answer(Records.confirm) { request, context in try await confirm(request, context) }
    methods.stream(Subjects.report) { [node] request, context, replies in
      try await SubjectReporting(node: node, context: context).report(request, replies)
    }
    methods.answer(Subjects.ask) { [node] request, context in
      try await RightsDesk(node: node, context: context).ask(request)
    }
    methods.answer(Subjects.decide) { [node] request, context in
      try await RightsDesk(node: node, context: context).decide(request)
    }
    methods.stream(Records.persons) { _, context, replies in
      try await RegisterReview(node: node, context: context).persons(replies)
    }
    methods.stream(Records.duplicates) { _, context, replies in
      try await RegisterReview(node: node, context: context).duplicates(replies)
    }
    methods.stream(Records.withoutNumber) { _, context, replies in
      try await RegisterReview(node: node, context: context).withoutNumber(replies)
    }
    methods.stream(Records.defects) { _, context, replies in
      try await RegisterReview(node: node, context: context).defects(replies)
    }
  }

  // MARK: History

  /// Every version of a person's records, with its trace on disk before it leaves (G2).
  private func history(
    _ request: HistoryRequest, _ context: CallContext
  ) async throws -> HistoryReply {
    guard !request.purpose.saysNothing else {
      throw CallFailure.noPurpose
    }
    let (entry, item) = try await entry(request.id, context)
    try await Tracing(node: node).read(
      personOf: entry, item: item, by: context.caller, purpose: request.purpose)
    return try await node.ledger.read { try RegisterHistory(ledger: $0).reply(for: entry) }
  }

  /// The person that an identity names: of an item, or of the register itself.
  private func entry(
    _ bytes: [UInt8], _ context: CallContext
  ) async throws -> (RegisterEntry, LedgerID?) {
    guard let id = LedgerID(bytes) else { throw CallFailure.unknownItem }
    let items = ItemLookup(node: node, context: context)
    let found = try await node.ledger.read { ledger -> (RegisterEntry?, StoredItem?) in
      if let item = try ledger.item(id) {
        let card = try ledger.body(of: id, .entered).flatMap { body in
          try Item(decoding: body).subject.flatMap {
            try PersonLookup.find($0, of: id, in: ledger).card
          }
        }
        return (try card.map(RegisterEntry.init), item)
      }
      let card = try ledger.record(id)
      return (try card.flatMap { $0.category == 0 ? try RegisterEntry($0) : nil }, nil)
    }
    let review = RegisterReview(node: node, context: context)
    let isVisible =
      found.1.map { items.isVisible($0) } ?? found.0.map { review.isVisible($0) } ?? false
    guard isVisible else { throw CallFailure.unknownItem }
    // G3: an item that was not sent opens nothing but what it says itself.
    if let item = found.1, item.times.submitted == 0, let entry = found.0,
      entry.card.sourceItem != item.id, !review.isVisible(entry)
    {
      throw CallFailure(
        .permissionDenied, .wrongDivision, field: "id",
        "该人员由其他单位管理；信息未提交，不能查阅其登记 / another office manages her; an item that was "
          + "not sent opens nothing of hers")
    }
    guard let entry = found.0 else {
      throw CallFailure(
        .failedPrecondition, .notRegistered, field: "id",
        "尚未接收，本地没有登记 / not received yet, so not in this register")
    }
    return (entry, found.1?.id)
  }

  // MARK: Confirmation

  /// S7.1: the household place confirms or refuses a case that the place of residence opened, or takes
  /// back what it has decided.
  private func confirm(
    _ request: ConfirmRequest, _ context: CallContext
  ) async throws -> ConfirmReply {
    let item = try await ItemLookup(node: node, context: context).item(request.item)
    let caller = context.caller
    let actor = LedgerActor(caller)
    if !request.confirmed || request.takenBack, request.note.saysNothing {
      throw CallFailure(
        .invalidArgument, .missingField, field: "note",
        request.takenBack
          ? "须说明撤回原因 / say why it is taken back"
          : "不予确认的须说明原因 (S7.1) / say why the case is refused (S7.1)")
    }
    let (now, here) = (node.now(), "\(node.identity.division)")
    let state: CaseConfirmation =
      request.takenBack ? .awaited : request.confirmed ? .confirmed : .refused
    let verdict = try await node.ledger.commit { ledger -> RuleVerdict in
      guard let body = try ledger.body(of: item.id, .entered),
        let subject = try Item(decoding: body).subject
      else { throw CallFailure.unknownItem }
      let isHousehold = DivisionCode(subject.household?.code ?? "")?.county?.description == here
      let key = try PersonLookup.find(subject, of: item.id, in: ledger).key
      let side: ExchangeSide = isHousehold ? .household : .residence
      let current = try ledger.confirmation(of: key)
      let verdict =
        state == .awaited ? current.check(takingBackBy: side) : current.check(decisionBy: side)
      if verdict.isMet {
        try ledger.add(
          StoredConfirmation(
            subjectKey: key, state: state.rawValue, at: now, actor: actor, item: item.id,
            note: request.note))
        try ledger.leaveTrace(
          TraceEntry(
            at: now, actor: actor, action: "confirm", purpose: state.rawValue, item: item.id,
            subjectKey: key))
      }
      return verdict
    }
    try CallFailure.check([verdict])
    var reply = ConfirmReply()
    reply.state = state.rawValue
    return reply
  }
}

internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// Spot checks of answers (S10.7): samples that anybody can draw again, and what was found.
struct SpotChecking {
  let node: Node
  let context: CallContext

  /// How many can be drawn at once.
  private static let counts = 1...1000

  /// Draws a sample of what an office has answered; it leaves a trace, with the seed (G2).
  func sample(
    _ request: SampleRequest, _ question: OfficeQuestion, _ replies: MessageWriter<SampleLine>
  ) async throws {
    let asked = question.figures
    guard SpotChecking.counts.contains(Int(request.count)) else {
      throw CallFailure(
        .invalidArgument, .invalid, field: "count", "抽取数量为 1 到 1000 / 1 to 1000 are drawn")
    }
    try await Tracing(node: node).drew(
      request.seed, of: asked.of, in: asked.cycle, by: context.caller)
    let lines = try await node.ledger.read { ledger in
      var answered: [[UInt8]: StoredItem] = [:]
      try question.forEachItem(.asked, in: ledger) { item, counted in
        if let day = counted.answered, day <= asked.asOf { answered[item.id.bytes] = item }
      }
      let drawn = SpotSample.draw(
        Int(request.count), from: Array(answered.keys), seed: request.seed)
      return try drawn.compactMap { id in
        try answered[id].map { SampleLine($0, try ledger.spotCheck(of: $0.id)) }
      }
    }
    for line in lines { try await replies.write(line) }
  }

  /// Keeps what was found of an answer, with its trace in the same commit.
  func check(_ request: CheckRequest) async throws -> SampleLine {
    let item = try await ItemLookup(node: node, context: context).item(request.item)
    guard let outcome = request.outcome, !request.note.saysNothing else {
      throw CallFailure(
        .invalidArgument, .missingField, field: "note",
        "须说明核查方式和发现 / say how it was checked and what was found")
    }
    guard let counted = item.counted, counted.answered != nil else {
      throw CallFailure(
        .failedPrecondition, word: RuleReason.notAnswered.rawValue, field: "item",
        "尚未反馈，不能抽查 / it is not answered; only answers are checked")
    }
    let own = context.caller.division
    guard context.scope.covers(caller: own, target: counted.askedPlace) else {
      throw CallFailure(
        .permissionDenied, .wrongDivision, field: "item",
        "只能抽查本辖区的反馈 / only answers of one's own division and of those below it")
    }
    let check = SpotCheck(
      item: item.id, at: node.now(), actor: LedgerActor(context.caller), outcome: outcome,
      note: request.note)
    do {
      try await node.ledger.commit { ledger in
        try ledger.keep(check)
        try ledger.leaveTrace(
          TraceEntry(
            at: check.at, actor: check.actor, action: "spot-check", purpose: outcome.word,
            item: item.id, subjectKey: item.subjectKey))
      }
    } catch {
      throw CallFailure(ledger: error)
    }
    return SampleLine(item, check)
  }
}

extension SampleLine {
  fileprivate init(_ item: StoredItem, _ check: SpotCheck?) {
    self.init()
    self.item = item.id.bytes
    maskedName = item.maskedName
    holder = item.counted?.askedPlace ?? item.to
    answered = item.counted?.answered?.yyyymmdd ?? 0
    finding = item.finding
    substantiated = item.substantiated
    guard let check else { return }
    outcome = check.outcome
    checked = check.at
    by = check.actor.account
    note = check.note
  }
}

internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// What operators do with letters between offices.
struct LetterService {
  let node: Node

  func register(in methods: inout MethodTable) {
    methods.stream(Letters.list) { request, context, replies in
      try await list(request, context, replies)
    }
    methods.answer(Letters.read) { request, context in
      try await read(request, context)
    }
    methods.answer(Letters.acknowledge) { request, context in
      try await acknowledge(request, context)
    }
  }

  private func list(
    _ request: LettersRequest, _ context: CallContext, _ replies: MessageWriter<LetterSummary>
  ) async throws {
    guard let kind = request.kind else { return }
    let own = context.caller.division
    if request.waiting {
      for letter in try await node.ledger.read({ try $0.lettersWaiting(kind, for: own) }) {
        try await replies.write(LetterSummary(letter))
      }
      return
    }
    let digits = context.scope == .ownDivision ? own : Scope.digits(below: own) ?? own
    let period =
      try request.period != 0
      ? request.period : await node.ledger.read { try $0.lastLetterPeriod(kind) }
    var last: StoredLetter?
    repeat {
      let page = try await node.ledger.read { [last] in
        try $0.letters(kind, of: period, within: digits, after: last)
      }
      for letter in page { try await replies.write(LetterSummary(letter)) }
      last = page.last
    } while last != nil
  }

  private func read(_ request: LetterRequest, _ context: CallContext) async throws -> LetterReply {
    let letter = try await letter(request.id, context)
    let events = try await node.ledger.read { try $0.events(ofLetter: letter.id) }
    var reply = LetterReply()
    reply.summary = LetterSummary(letter)
    reply.events = events.map { LetterEvent($0, of: letter, withBody: false) }
    guard let body = events.first(where: { $0.step == .issued })?.body else { return reply }
    switch letter.kind {
    case .dunning: reply.dunning = try DunningList(decoding: body)
    case .roster: reply.roster = try Roster(decoding: body)
    case .monthlyTables: reply.tables = try TableCounts(decoding: body)
    }
    return reply
  }

  private func acknowledge(
    _ request: AcknowledgeRequest, _ context: CallContext
  ) async throws -> LetterSummary {
    let letter = try await letter(request.id, context)
    guard context.scope.covers(caller: context.caller.division, target: letter.addressee) else {
      throw CallFailure(
        .permissionDenied, .wrongDivision, field: "id",
        "由收件单位 \(letter.addressee) 签收 / the office that it is addressed to, "
          + "\(letter.addressee), acknowledges it")
    }
    let (actor, now) = (LedgerActor(context.caller), node.now())
    let letters = node.letters
    do {
      let told = try await node.ledger.commit { ledger in
        try letters.acknowledge(letter, by: actor, note: request.note, now: now, in: ledger)
      }
      if let told { node.signals.raise([told]) }
    } catch {
      throw CallFailure(ledger: error)
    }
    return LetterSummary(try await self.letter(request.id, context))
  }

  /// A letter that the caller may see: to or from its own office, or one below.
  private func letter(_ id: [UInt8], _ context: CallContext) async throws -> StoredLetter {
    let own = context.caller.division
    guard let id = LedgerID(id), let letter = try await node.ledger.read({ try $0.letter(id) }),
      Scope.ownAndBelow.covers(caller: own, target: letter.office)
    else {
      throw CallFailure(
        .notFound, .unknown, field: "id", "没有这份函件 / no such letter is known here")
    }
    return letter
  }
}

import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import Wire

/// What operators do, each with a connection of its own, as `xiecha` does.
extension Office {
  func enter(_ item: Item) async throws {
    var request = EnterRequest()
    request.item = item
    _ = try await call(Items.enter, request)
  }

  @discardableResult
  func sendAll() async throws -> [ItemOutcome] { try await all(Items.send) }

  @discardableResult
  func receiveAll() async throws -> [ItemOutcome] { try await all(Items.receive) }

  @discardableResult
  func closeAll() async throws -> [ItemOutcome] { try await all(Items.close) }

  func assign(_ id: LedgerID, to division: String = "") async throws {
    var request = AssignRequest()
    request.id = id.bytes
    request.to = division
    _ = try await call(Items.assign, request)
  }

  func search(_ id: LedgerID, _ source: SearchSource, found: Bool) async throws {
    var request = SearchRequest()
    request.id = id.bytes
    var step = SearchStep()
    step.source = source
    step.found = found
    request.step = step
    _ = try await call(Items.recordSearch, request)
  }

  func answer(
    _ id: LedgerID, _ finding: Finding, remark: String = "", record: Record? = nil
  ) async throws {
    var request = AnswerRequest()
    request.id = id.bytes
    var answer = Answer()
    answer.finding = finding
    answer.remark = remark
    answer.record = record
    request.answer = answer
    _ = try await call(Items.submitAnswer, request)
  }

  @discardableResult
  func takeBack(
    _ id: LedgerID, _ kind: EventKind, reason: String = "误录", as account: String = "operator"
  ) async throws -> ItemState? {
    var request = TakeBackRequest()
    request.id = id.bytes
    request.kind = kind
    request.reason = reason
    return try await call(Items.takeBack, request, as: account).state
  }

  /// The items of the to-do list.
  func todo() async throws -> [ItemSummary] {
    var request = ListRequest()
    request.box = .todo
    return try await stream(Items.list, request).compactMap(\.item)
  }

  func follow(_ id: LedgerID) async throws -> FollowReply {
    var request = FollowRequest()
    request.id = id.bytes
    request.purpose = "核对"
    return try await call(Items.follow, request)
  }

  func history(
    _ id: [UInt8], purpose: String = "核对", as account: String = "operator"
  ) async throws -> HistoryReply {
    var request = HistoryRequest()
    request.id = id
    request.purpose = purpose
    return try await call(Records.history, request, as: account)
  }

  func confirm(_ id: LedgerID, _ isConfirmed: Bool, note: String = "") async throws {
    var request = ConfirmRequest()
    request.item = id.bytes
    request.confirmed = isConfirmed
    request.note = note
    _ = try await call(Records.confirm, request)
  }

  func takeBackConfirmation(of id: LedgerID, note: String) async throws {
    var request = ConfirmRequest()
    request.item = id.bytes
    request.note = note
    request.takenBack = true
    _ = try await call(Records.confirm, request)
  }

  func merge(_ keep: [UInt8], _ others: [[UInt8]], reason: String) async throws -> MergeReply {
    var request = MergeRequest()
    request.keep = keep
    request.others = others
    request.reason = reason
    return try await call(Records.merge, request)
  }

  /// All replies of a stream.
  func stream<Request, Reply>(
    _ method: ServerStreamingMethod<Request, Reply>, _ request: Request
  ) async throws -> [Reply] {
    let connection = try await signIn()
    var replies: [Reply] = []
    for try await reply in await connection.stream(method, request) { replies.append(reply) }
    await connection.close()
    return replies
  }

  func call<Request, Reply>(
    _ method: UnaryMethod<Request, Reply>, _ request: Request, as account: String = "operator"
  ) async throws -> Reply {
    let connection = try await signIn(as: account)
    let outcome = await Result { () async throws(CallFailure) -> Reply in
      try await connection.call(method, request)
    }
    await connection.close()
    return try outcome.get()
  }

  private func all(_ method: UnaryMethod<ItemsRequest, ItemsReply>) async throws -> [ItemOutcome] {
    var request = ItemsRequest()
    request.all = true
    var outcomes: [ItemOutcome] = []
    repeat {
      let reply = try await call(method, request)
      outcomes += reply.outcomes
      request.after = reply.cursor
    } while !request.after.isEmpty
    return outcomes
  }
}

extension Result {
  fileprivate init(_ work: () async throws(Failure) -> Success) async {
    do throws(Failure) {
      self = .success(try await work())
    } catch {
      self = .failure(error)
    }
  }
}

extension TestNetwork {
  /// Takes an item from the township that enters it to the asked county's disk.
  func deliver(_ item: Item) async throws -> LedgerID {
    let id = try await send(item)
    try await until(id, is: .delivered, at: item.to)
    return id
  }

  /// Takes an item through the whole exchange, until it is closed at both counties and their province.
  func deliverAndClose(_ item: Item) async throws -> LedgerID {
    let id = try await deliver(item)
    try await self[item.to].receiveAll()
    try await self[item.to].search(id, .womenRegister, found: true)
    try await self[item.to].answer(id, .found)
    try await until(id, is: .answered, at: item.from)
    try await self[item.from].closeAll()
    for office in [item.from, Self.province, item.to] {
      try await until(id, is: .closed, at: office)
    }
    return id
  }

  /// The provinces that have relayed an item, in order, as an office knows it.
  func relays(of id: LedgerID, at division: String) async throws -> [String] {
    try await self[division].node.ledger.read {
      try $0.events(of: id).filter { $0.kind == .relayed }.map(\.actor.division)
    }
  }

  /// Takes an item from the township that enters it out of its county.
  func send(_ item: Item) async throws -> LedgerID {
    let id = Cases.ledgerID(item)
    try await self[item.enteredAt].enter(item)
    try await until(id, is: .entered, at: item.from)
    try await self[item.from].sendAll()
    return id
  }
}

internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// The combined query, and what each account has saved of it (S10.3).
struct QueryService {
  let node: Node

  func register(in methods: inout MethodTable) {
    methods.stream(Queries.run) { [node] request, context, replies in
      let question = try ItemQuestion(request, by: context, at: node)
      try await CombinedSearch(node: node, question: question).run(request, context, replies)
    }
    methods.answer(Queries.saved) { [node] _, context in
      let saved = try await node.ledger.read { try $0.savedQueries(of: context.caller.account) }
      var reply = SavedQueriesReply()
      reply.queries = try saved.map(SavedQuery.init)
      return reply
    }
    methods.answer(Queries.save) { request, context in try await save(request, context) }
    methods.answer(Queries.forget) { [node] request, context in
      var reply = ForgetQueryReply()
      reply.wasThere = try await node.ledger.commit {
        try $0.forgetQuery(request.name, of: context.caller.account)
      }
      return reply
    }
  }

  /// Conditions that cannot be asked are not saved either.
  private func save(_ request: SavedQuery, _ context: CallContext) async throws -> SaveQueryReply {
    let conditions = request.conditions ?? QueryConditions()
    _ = try ItemQuestion.conditions(conditions, at: node)
    guard !request.name.saysNothing else {
      throw CallFailure(
        .invalidArgument, .missingField, field: "name", "请为查询取名 / give the query a name")
    }
    let query = SavedItemQuery(
      account: context.caller.account, name: request.name, at: node.now(),
      body: conditions.encoded())
    guard try await node.ledger.commit({ try $0.save(query) }) else {
      throw CallFailure(
        .failedPrecondition, .invalid, field: "name",
        "已保存 \(LedgerLimits.savedQueriesOfAccount) 个查询，请先删除不用的 / "
          + "\(LedgerLimits.savedQueriesOfAccount) queries are saved; forget one first")
    }
    return SaveQueryReply()
  }
}

extension SavedQuery {
  fileprivate init(_ saved: SavedItemQuery) throws {
    self.init()
    name = saved.name
    self.saved = saved.at
    conditions = try QueryConditions(decoding: saved.body)
  }
}

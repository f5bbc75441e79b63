internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// An item is entered (S2.2).
struct Entering {
  let node: Node
  let context: CallContext

  func enter(_ request: EnterRequest) async throws -> EnterReply {
    guard let item = request.item, let id = LedgerID(item.id) else {
      throw CallFailure(.invalidArgument, .missingField, field: "item", "no item")
    }
    try EntryRules(
      identity: node.identity, register: node.register, tables: node.tables, today: node.today
    ).check(item, by: context.caller, scope: context.scope)
    let outcome = try await node.record(
      node.event(.entered, of: id, by: context.caller, .entered(item)))
    var reply = EnterReply()
    reply.id = id.bytes
    if case .known = outcome { reply.repeatedEntry = true }
    return reply
  }
}

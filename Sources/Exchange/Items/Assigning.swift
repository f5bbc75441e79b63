internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// An item is given to a township or village (S10.2): to the one named, or to the one that the
/// address on this side says.
struct Assigning {
  let node: Node
  let context: CallContext

  func assign(_ request: AssignRequest) async throws -> Done {
    let items = ItemLookup(node: node, context: context)
    let item = try await items.item(request.id)
    let target = request.to.isEmpty ? try await byAddress(item) : DivisionCode(request.to)
    guard let target else {
      throw CallFailure(
        .invalidArgument, .noDivision, field: "to",
        "地址未写到乡镇（街道），请指定分给哪里 / the address does not reach a township; name one")
    }
    _ = try await node.record(
      node.event(.assigned, of: item.id, by: context.caller, .assigned("\(target)")))
    return try await items.done(item)
  }

  private func byAddress(_ item: StoredItem) async throws -> DivisionCode? {
    guard let body = try await node.ledger.read({ try $0.body(of: item.id, .entered) }),
      let actor = DivisionCode(context.caller.division)
    else { throw CallFailure.unknownItem }
    let message = try Item(decoding: body)
    let address =
      message.householdCounty.map { "\($0)" } == item.to
      ? message.subject?.household : message.subject?.residence
    let code = DivisionCode(address?.code ?? "")
    return actor.level >= .township ? code : code?.township
  }
}

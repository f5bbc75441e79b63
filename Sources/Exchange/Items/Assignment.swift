internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import Wire

/// To whom an item is given (S10.2): the county splits by township, the township by village.
struct Assignment {
  let node: Node
  /// Who gives it: the county or a township of it, at either's node.
  let actor: DivisionCode

  /// The division named, or the one that the address on this side says.
  func target(_ named: String, for item: StoredItem) async throws -> DivisionCode {
    let target: DivisionCode?
    if named.isEmpty {
      target = try await byAddress(item)
    } else {
      target = DivisionCode(named)
    }
    guard let target else {
      throw CallFailure(
        .invalidArgument, "no-division", field: "to",
        "地址未到乡镇（街道），请指定 / the address does not reach a township; name one")
    }
    try ItemLife.checkAssignment(to: "\(target)", by: "\(actor)")
    return target
  }

  private func byAddress(_ item: StoredItem) async throws -> DivisionCode? {
    guard let body = try await node.ledger.read({ try $0.body(of: item.id, .entered) }) else {
      throw CallFailure.unknownItem
    }
    let message = try Item(decoding: body)
    let address =
      message.householdCounty.map { "\($0)" } == item.to
      ? message.subject?.household : message.subject?.residence
    let code = DivisionCode(address?.code ?? "")
    return actor.level >= .township ? code : code?.township
  }
}

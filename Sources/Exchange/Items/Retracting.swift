internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// What was wrong is taken back by the office that did it, with the reason, for everybody who has it
/// (S2.2).
struct Retracting {
  let node: Node
  let context: CallContext

  func takeBack(_ request: TakeBackRequest) async throws -> Done {
    let items = ItemLookup(node: node, context: context)
    let item = try await items.item(request.id)
    guard let kind = request.kind else {
      throw CallFailure(.invalidArgument, .missingField, field: "kind", "no kind of step")
    }
    guard !request.reason.saysNothing else {
      throw CallFailure(
        .invalidArgument, .missingField, field: "reason",
        "须说明撤回原因 / say why it is taken back")
    }
    let division = context.caller.division
    let events = try await node.ledger.read { try $0.events(of: item.id) }
    let takenBack = try events.compactMap { try $0.takesBack() }
    let targets = events.filter { event in
      let isMeant = request.event.isEmpty || event.id.bytes == request.event
      return event.kind == kind && isMeant && !takenBack.contains(event.digest.bytes)
    }
    // Where it is another office's, the rules say whose.
    guard let target = targets.last(where: { $0.actor.division == division }) ?? targets.last else {
      throw CallFailure(
        .failedPrecondition, word: RuleReason.nothingToTakeBack.rawValue, field: "kind",
        "没有可撤回的“\(kind.label.chinese)”，或已撤回 / there is no \(kind.word) step to take back")
    }
    var taking = TakingBack()
    taking.event = target.digest.bytes
    taking.reason = request.reason
    _ = try await node.record(
      node.event(.takenBack, of: item.id, by: context.caller, .takenBack(taking)))
    return try await items.done(item)
  }
}

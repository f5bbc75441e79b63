internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// The asked side searches and answers (S6.3 to S6.6); the rules are asked where the event is
/// written.
struct Answering {
  let node: Node
  let context: CallContext

  func recordSearch(_ request: SearchRequest) async throws -> Done {
    let items = ItemLookup(node: node, context: context)
    let item = try await items.item(request.id)
    guard let step = request.step, step.source != nil else {
      throw CallFailure(.invalidArgument, .missingField, field: "step.source", "no source")
    }
    _ = try await node.record(
      node.event(.searched, of: item.id, by: context.caller, .searched(step)))
    return try await items.done(item)
  }

  func answer(_ request: AnswerRequest) async throws -> Done {
    let items = ItemLookup(node: node, context: context)
    let item = try await items.item(request.id)
    guard let answer = request.answer else {
      throw CallFailure(.invalidArgument, .missingField, field: "answer", "no answer")
    }
    try checkRecord(of: answer, to: item)
    _ = try await node.record(
      node.event(.answered, of: item.id, by: context.caller, .answered(answer)))
    return try await items.done(item)
  }

  /// S3, S12.2: the matched record that an answer sends back goes into both sides' registers.
  private func checkRecord(of answer: Answer, to item: StoredItem) throws(CallFailure) {
    guard
      let failure = RecordEntry(tables: node.tables, today: node.today)
        .failures(of: answer, to: item.category).first
    else { return }
    throw CallFailure(
      .invalidArgument, word: failure.cause.rawValue, field: "answer.\(failure.field)",
      CallFailure.text(of: [failure]))
  }
}

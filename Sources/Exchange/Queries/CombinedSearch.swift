internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// The items that meet every condition, the newest submission first, masked (G3).
struct CombinedSearch {
  let node: Node
  let question: ItemQuestion

  /// Writes them behind a cursor; the question is on disk before the first leaves the node (G2).
  func run(
    _ request: QueryRequest, _ context: CallContext, _ replies: MessageWriter<ListReply>
  ) async throws {
    guard request.after.isEmpty || ItemCursor(request.after) != nil else {
      throw CallFailure(.outOfRange, .badCursor, field: "after", "not a place in this list")
    }
    try await Tracing(node: node).queried(
      CombinedSearch.told(request), by: context.caller, purpose: request.purpose,
      personOfKey: question.tracedKey)
    var place: ItemCursor? = ItemCursor(request.after) ?? .newest
    var left = request.limit == 0 ? Int.max : Int(request.limit)
    while left > 0, let after = place {
      let (listed, next) = try await page(after: after)
      place = next
      for listed in listed.prefix(left) {
        left -= 1
        var reply = ListReply()
        reply.item = ItemSummary(listed.item, today: node.today)
        reply.cursor = listed.cursor.bytes
        try await replies.write(reply)
      }
    }
  }

  private func page(after cursor: ItemCursor) async throws -> ([ListedItem], ItemCursor?) {
    try await node.ledger.read { [question, today = node.today] ledger in
      let found = try ledger.search(question.conditions, after: cursor)
      let met = try found.items.filter { listed in
        guard question.isMet(by: listed.item, on: today) else { return false }
        guard let nameKey = question.nameKey else { return true }
        return try ledger.body(of: listed.item.id, .entered).flatMap { body in
          try Item(decoding: body).subject.map { WrittenName.key($0.name) == nameKey }
        } ?? false
      }
      return (met, found.next)
    }
  }

  /// What the trace tells of the conditions: words and codes, and of a person only the masked name.
  private static func told(_ request: QueryRequest) -> String {
    let asked = request.conditions ?? QueryConditions()
    func words(_ numbers: [UInt32], _ word: (Int) -> String?) -> String {
      numbers.compactMap { word(Int($0)) }.joined(separator: ",")
    }
    let told: [(String, String)] = [
      ("box", asked.box == .in ? "in" : asked.box == .out ? "out" : ""),
      ("place", asked.place), ("kind", asked.kind?.word ?? ""),
      ("category", words(asked.categories) { Category(rawValue: $0)?.word }),
      ("state", words(asked.states) { ItemState(rawValue: $0)?.word }),
      ("urgency", words(asked.urgencies) { Urgency(rawValue: $0)?.word }),
      ("finding", words(asked.findings) { Finding(rawValue: $0)?.word }),
      ("lateness", words(asked.lateness) { Lateness(rawValue: $0)?.word }),
      ("from", CivilDate(yyyymmdd: asked.from)?.description ?? ""),
      ("through", CivilDate(yyyymmdd: asked.through)?.description ?? ""),
      ("name", Masking.name(request.name.trimmingBlanks)),
    ]
    return told.filter { !$0.1.isEmpty }.map { "\($0)=\($1)" }.joined(separator: " ")
  }
}

internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// Lists of items, masked (G3), of the divisions that the caller's scope reaches.
struct Listing {
  let node: Node
  let context: CallContext

  /// A page of a list, in items.
  static let pageItems = 200

  func list(_ request: ListRequest, _ replies: MessageWriter<ListReply>) async throws {
    guard request.after.isEmpty || ItemCursor(request.after) != nil else {
      throw CallFailure(.outOfRange, .badCursor, field: "after", "not a place in this list")
    }
    let query = ItemQuery(
      request.box.query, state: request.state, reach: context.scope.reach(of: context.caller))
    var left = request.limit == 0 ? Int.max : Int(request.limit)
    // What has no effect waits for somebody to look at it, before all that is due.
    if request.box == .todo, request.after.isEmpty {
      let idle = ItemQuery(.withoutEffect, reach: query.reach)
      for listed in try await node.ledger.read({ try $0.items(idle, limit: Listing.pageItems) }) {
        guard left > 0 else { return }
        left -= 1
        var reply = ListReply()
        reply.item = ItemSummary(listed.item, today: node.today)
        reply.cursor = ItemCursor.start.bytes
        try await replies.write(reply)
      }
    }
    for try await page in node.ledger.pages(
      of: query, after: ItemCursor(request.after), pageRows: Listing.pageItems)
    {
      for listed in page {
        if request.box == .todo, listed.item.withoutEffect > 0 { continue }
        guard left > 0 else { return }
        left -= 1
        var reply = ListReply()
        reply.item = ItemSummary(listed.item, today: node.today)
        reply.cursor = listed.cursor.bytes
        try await replies.write(reply)
      }
    }
  }
}

extension Box {
  fileprivate var query: ItemQuery.Box {
    switch self {
    case .in: .inbound
    case .out: .outbound
    case .todo: .todo
    case .unspecified: .all
    }
  }
}

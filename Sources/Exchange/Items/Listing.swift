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
    let after = ItemCursor(request.after)
    let reach = context.scope.reach(of: context.caller)
    let query = ItemQuery(
      request.box.query, state: request.state, reach: reach,
      doneSince: request.old ? 0 : RetentionPolicy.viewedSince(now: node.now()))
    // What has no effect waits for somebody to look at it, what a person asks for to be decided on,
    // before all that is due.
    let isLed = request.box == .todo && after == nil
    var left = request.limit == 0 ? Int.max : Int(request.limit)
    if isLed {
      let idle = ItemQuery(.withoutEffect, state: request.state, reach: reach)
      try await write(idle, after: nil, &left, to: replies) { _ in .start }
      let open = ItemQuery(.toDecide, state: request.state, reach: reach)
      try await write(open, after: nil, &left, to: replies) { listed in
        listed.item.withoutEffect > 0 ? nil : .start
      }
    }
    try await write(query, after: after, &left, to: replies) { listed in
      isLed && listed.item.withoutEffect + listed.item.toDecide > 0 ? nil : listed.cursor
    }
  }

  /// Writes the items that a query finds, until none is left to be written.
  ///
  /// `cursor` says where the list goes on after an item; nil: the item was written before.
  private func write(
    _ query: ItemQuery, after: ItemCursor?, _ left: inout Int,
    to replies: MessageWriter<ListReply>, cursor: (ListedItem) -> ItemCursor?
  ) async throws {
    for try await page in node.ledger.pages(
      of: query, after: after, pageRows: Listing.pageItems)
    {
      for listed in page {
        guard let cursor = cursor(listed) else { continue }
        guard left > 0 else { return }
        left -= 1
        var reply = ListReply()
        reply.item = ItemSummary(listed.item, today: node.today)
        reply.cursor = cursor.bytes
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

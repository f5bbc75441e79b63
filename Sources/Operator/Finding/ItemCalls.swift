public import ExchangeProtos
public import ExchangeRules

extension NodeSession {
  /// Ids of one call; the protocol takes at most a thousand.
  private static let idsPerCall = 500

  /// The items of a box, page by page to the end or to the limit.
  public func items(in box: Box, state: ItemState?, limit: Int?) async throws -> [ItemSummary] {
    var items: [ItemSummary] = []
    var cursor: [UInt8] = []
    while true {
      var request = ListRequest()
      request.box = box
      request.state = state
      request.after = cursor
      if let limit { request.limit = UInt32(clamping: limit - items.count) }
      let replies = try await all(Items.list, request)
      cursor = replies.last?.cursor ?? []
      items += replies.compactMap(\.item)
      let isFull = limit.map { items.count >= $0 } ?? false
      if isFull || cursor.isEmpty { return items }
    }
  }

  /// Calls a method for items by name, or once for all.
  public func forEach(
    _ names: [String], all: Bool, calling method: UnaryMethod<ItemsRequest, ItemsReply>
  ) async throws -> [ItemOutcome] {
    var request = ItemsRequest()
    if all {
      request.all = true
      return try await call(method, request, seconds: 120).outcomes
    }
    var outcomes: [ItemOutcome] = []
    var rest = try await ItemFinder(node: self).ids(of: names)[...]
    while !rest.isEmpty {
      request.ids = Array(rest.prefix(NodeSession.idsPerCall))
      rest = rest.dropFirst(NodeSession.idsPerCall)
      outcomes += try await call(method, request, seconds: 120).outcomes
    }
    return outcomes
  }
}

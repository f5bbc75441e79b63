public import ExchangeProtos
public import ExchangeRules

extension NodeSession {
  /// Ids of one call; the protocol takes at most a thousand.
  private static let idsPerCall = 500

  /// The items of a box, page by page to the end or to the limit.
  ///
  /// `old`: also those that came to their end more than six months ago (G6).
  public func items(
    in box: Box, state: ItemState?, limit: Int?, old: Bool = false
  ) async throws -> [ItemSummary] {
    var items: [ItemSummary] = []
    var cursor: [UInt8] = []
    while true {
      var request = ListRequest()
      request.box = box
      request.state = state
      request.old = old
      request.after = cursor
      if let limit { request.limit = UInt32(clamping: limit - items.count) }
      let replies = try await all(Items.list, request)
      cursor = replies.last?.cursor ?? []
      items += replies.compactMap(\.item)
      let isFull = limit.map { items.count >= $0 } ?? false
      if isFull || cursor.isEmpty { return items }
    }
  }

  /// Calls a method for items by name, or for all, a part in each call.
  public func forEach(
    _ names: [String], all: Bool, calling method: UnaryMethod<ItemsRequest, ItemsReply>
  ) async throws -> [ItemOutcome] {
    var request = ItemsRequest()
    var outcomes: [ItemOutcome] = []
    if all {
      request.all = true
      repeat {
        let reply = try await call(method, request, seconds: 120)
        outcomes += reply.outcomes
        request.after = reply.cursor
      } while !request.after.isEmpty
      return outcomes
    }
    var rest = try await ItemFinder(node: self).ids(of: names)[...]
    while !rest.isEmpty {
      request.ids = Array(rest.prefix(NodeSession.idsPerCall))
      rest = rest.dropFirst(NodeSession.idsPerCall)
      outcomes += try await call(method, request, seconds: 120).outcomes
    }
    return outcomes
  }

  /// Does something with each of several things, many at once, so that the node's commits are shared;
  /// what came of them, in their order.
  ///
  /// `progress` is told how many are done. The first failure ends it; what is under way is given up.
  public func atOnce<Thing: Sendable, Outcome: Sendable>(
    _ things: [Thing], progress: (Int) -> Void,
    _ act: @escaping @Sendable (Thing) async throws -> Outcome
  ) async throws -> [Outcome] {
    try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
      var outcomes: [Int: Outcome] = [:]
      for (place, thing) in things.enumerated() {
        if place >= NodeSession.callsInFlight, let (done, outcome) = try await group.next() {
          outcomes[done] = outcome
          progress(outcomes.count)
        }
        group.addTask { (place, try await act(thing)) }
      }
      for try await (done, outcome) in group {
        outcomes[done] = outcome
        progress(outcomes.count)
      }
      return things.indices.compactMap { outcomes[$0] }
    }
  }
}

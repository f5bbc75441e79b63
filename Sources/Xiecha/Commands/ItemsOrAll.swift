import ArgumentParser
import ExchangeProtos
import Presentation
import RPC

/// Commands that take some items, or all that are in the right state.
enum ItemsOrAll {
  static func check(_ items: [String], _ all: Bool) throws {
    if items.isEmpty == !all {
      throw ValidationError("写编号或 --all · name items, or --all")
    }
  }
}

extension NodeSession {
  /// Ids of one call; the protocol takes at most a thousand.
  private static let idsPerCall = 500

  /// Calls a method for items by name, or once for all.
  func forEach(
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

internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// Finds items for a caller: what it may not see does not exist for it.
struct ItemLookup {
  let node: Node
  let context: CallContext

  /// The item of an identity.
  ///
  /// - Throws: `unknown-item` also for one that the caller may not see.
  func item(_ id: [UInt8]) async throws -> StoredItem {
    guard let id = LedgerID(id), let item = try await node.ledger.read({ try $0.item(id) })
    else { throw CallFailure.unknownItem }
    guard isVisible(item) else {
      // It does not exist for the caller; that somebody looked for it is known all the same (G2).
      Tracing(node: node).denied(
        "item", of: context.caller, FailureReason.wrongDivision.rawValue, item: item.id)
      throw CallFailure.unknownItem
    }
    return item
  }

  /// A caller sees the items of its own division and, by its scope, of those below.
  func isVisible(_ item: StoredItem) -> Bool {
    context.scope.reach(of: context.caller).map(item.isWithin) ?? true
  }

  /// What an operator is told after a step.
  func done(_ item: StoredItem) async throws -> Done {
    var done = Done()
    done.state = try await node.ledger.read { try $0.item(item.id)?.state } ?? item.state
    return done
  }
}

extension Scope {
  /// The divisions that a caller's scope reaches; nil: all.
  func reach(of caller: Caller) -> ItemReach? {
    switch self {
    case .anyDivision: nil
    case .ownDivision, .node: caller.division.isEmpty ? .nothing : .only(caller.division)
    case .ownAndBelow: Scope.digits(below: caller.division).map(ItemReach.digits) ?? .nothing
    }
  }
}

internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// One act on several items, or on all for which it is the caller's turn; each stands for itself.
struct ItemBatch {
  let node: Node
  let context: CallContext

  /// What goes with the event of an item; nil for the kinds that have nothing.
  typealias Detail = @Sendable (StoredItem) async throws -> ItemEvent.Detail?

  /// Brings an event about.
  ///
  /// - Parameters:
  ///   - kind: The event.
  ///   - request: The items, by identity or all.
  ///   - states: The states that are meant by all.
  ///   - detail: What goes with each event.
  /// - Returns: How it ended for each item, in the order asked.
  /// - Throws: What concerns all of them.
  func perform(
    _ kind: EventKind, on request: ItemsRequest, in states: [ItemState],
    detail: @escaping Detail = { _ in nil }
  ) async throws -> ItemsReply {
    let act: @Sendable (StoredItem) async throws -> Void = { [node, context] item in
      _ = try await node.record(
        node.event(kind, of: item.id, by: context.caller, try await detail(item)))
    }
    if request.all {
      return try await all(kind, from: try place(after: request.after), in: states, act)
    }
    var reply = ItemsReply()
    let lookup = ItemLookup(node: node, context: context)
    let actOnNamed: @Sendable ([UInt8]) async throws -> Void = { id in
      try await act(lookup.item(id))
    }
    reply.outcomes = await outcomes(kind, request.ids, name: { $0 }, actOnNamed)
    return reply
  }

  /// A part of all items, and where the next part begins: a reply has a bound, a store has none.
  ///
  /// What was done leaves its state, and what was refused is passed over by the cursor.
  private func all(
    _ kind: EventKind, from start: Place, in states: [ItemState],
    _ act: @escaping @Sendable (StoredItem) async throws -> Void
  ) async throws -> ItemsReply {
    var reply = ItemsReply()
    var after = start.cursor
    for index in states.indices.dropFirst(start.state) {
      let query = ItemQuery(
        .all, state: states[index], reach: context.scope.reach(of: context.caller))
      for try await page in node.ledger.pages(
        of: query, after: after, pageRows: ItemBatch.itemsPerPage)
      {
        // Where several states are meant, only the items that wait for nothing else.
        let items = page.map(\.item).filter {
          (states.count == 1 || $0.need == .nothing)
            && ItemLife.mayAct(
              kind, division: context.caller.division, as: $0.standing, between: $0.parties)
        }
        reply.outcomes += await outcomes(kind, items, name: { $0.id.bytes }, act)
        guard reply.outcomes.count >= ItemBatch.itemsPerReply, let last = page.last else {
          continue
        }
        reply.cursor = Place(state: index, cursor: last.cursor).bytes
        return reply
      }
      after = nil
    }
    return reply
  }

  /// Items that one page of the ledger has: together they share a commit.
  private static let itemsPerPage = 250
  /// Outcomes of one reply, about: a refusal has some 300 bytes, so that even a thousand of them
  /// and a page stay below half a message.
  private static let itemsPerReply = 1000

  /// Where a walk over all items stands.
  private struct Place {
    /// Which of the states.
    var state: Int
    var cursor: ItemCursor?

    var bytes: [UInt8] { [UInt8(truncatingIfNeeded: state)] + (cursor?.bytes ?? []) }
  }

  private func place(after bytes: [UInt8]) throws(CallFailure) -> Place {
    guard let state = bytes.first else { return Place(state: 0, cursor: nil) }
    guard let cursor = ItemCursor(Array(bytes.dropFirst())) else {
      throw CallFailure(.outOfRange, .badCursor, field: "after", "not a place among these items")
    }
    return Place(state: Int(state), cursor: cursor)
  }

  /// At once, so that they share commits; in the order of the items.
  private func outcomes<Named: Sendable>(
    _ kind: EventKind, _ items: [Named], name: @escaping @Sendable (Named) -> [UInt8],
    _ act: @escaping @Sendable (Named) async throws -> Void
  ) async -> [ItemOutcome] {
    await withTaskGroup(of: (Int, ItemOutcome).self) { group in
      for (index, item) in items.enumerated() {
        group.addTask {
          do {
            try await act(item)
            return (index, ItemOutcome(done: name(item)))
          } catch {
            let (id, failure) = (name(item), CallFailure(ledger: error))
            context.note(failure, act: "\(kind)", item: LedgerID(id).map { "\($0)" } ?? "-")
            return (index, ItemOutcome(id, refusedFor: failure))
          }
        }
      }
      var outcomes = [ItemOutcome](repeating: ItemOutcome(), count: items.count)
      for await (index, outcome) in group { outcomes[index] = outcome }
      return outcomes
    }
  }
}

extension ItemOutcome {
  fileprivate init(done id: [UInt8]) {
    self.init()
    self.id = id
    done = true
  }

  fileprivate init(_ id: [UInt8], refusedFor failure: CallFailure) {
    self.init()
    self.id = id
    var refusal = Refusal()
    refusal.reason = failure.reason
    refusal.field = failure.field
    refusal.text = failure.text
    self.refusal = refusal
  }
}

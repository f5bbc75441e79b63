internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// Finding items for a caller: what it may not see does not exist for it.
extension ItemsService {
  func item(_ id: [UInt8], _ context: CallContext) async throws -> StoredItem {
    guard let id = LedgerID(id), let item = try await node.ledger.read({ try $0.item(id) }),
      isVisible(item, context)
    else { throw CallFailure.unknownItem }
    return item
  }

  /// A caller sees the items of its own division and, by its scope, of those below.
  func isVisible(_ item: StoredItem, _ context: CallContext) -> Bool {
    [item.enteredAt, item.assignedTo, item.from, item.to].contains {
      context.scope.covers(caller: context.caller.division, target: $0)
    }
  }

  /// Does one thing to each of some items, or to all in these states for whom it is the caller's
  /// turn; each stands for itself.
  func forEach(
    _ request: ItemsRequest, _ kind: StoredEvent.Kind, in states: [StoredItem.State],
    _ context: CallContext,
    _ work: @escaping @Sendable (StoredItem) async throws -> Void
  ) async throws -> ItemsReply {
    var reply = ItemsReply()
    if request.all {
      for state in states {
        for try await page in node.ledger.pages(of: ItemQuery(.all, state: state)) {
          // Of several states only those items are meant that wait for nothing else.
          let items = page.map(\.item).filter {
            isVisible($0, context) && (states.count == 1 || $0.need == .nothing)
              && ItemLife.mayAct(kind, division: context.caller.division, on: $0)
          }
          reply.outcomes += await outcomes(items, work)
        }
      }
      return reply
    }
    for id in request.ids {
      do {
        reply.outcomes += await outcomes([try await item(id, context)], work)
      } catch {
        reply.outcomes.append(ItemOutcome(id, refusedFor: error))
      }
    }
    return reply
  }

  /// At once, so that they share commits; in the order of the items.
  private func outcomes(
    _ items: [StoredItem], _ work: @escaping @Sendable (StoredItem) async throws -> Void
  ) async -> [ItemOutcome] {
    await withTaskGroup(of: (Int, ItemOutcome).self) { group in
      for (index, item) in items.enumerated() {
        group.addTask {
          do {
            try await work(item)
            return (index, ItemOutcome(done: item.id.bytes))
          } catch {
            return (index, ItemOutcome(item.id.bytes, refusedFor: error))
          }
        }
      }
      var outcomes = [ItemOutcome](repeating: ItemOutcome(), count: items.count)
      for await (index, outcome) in group { outcomes[index] = outcome }
      return outcomes
    }
  }

  func done(_ item: StoredItem) async throws -> Done {
    let state = try await node.ledger.read { try $0.item(item.id)?.state } ?? item.state
    var done = Done()
    done.state = ItemState(rawValue: Int32(state.rawValue)) ?? .unspecified
    return done
  }

  /// A line of a list, masked (G3).
  func summary(of item: StoredItem) -> ItemSummary {
    var summary = ItemSummary()
    summary.id = item.id.bytes
    summary.kind = ExchangeProtos.ItemKind(rawValue: Int32(item.kind)) ?? .unspecified
    summary.category = ExchangeProtos.Category(rawValue: Int32(item.category)) ?? .unspecified
    summary.from = item.from
    summary.to = item.to
    summary.state = ItemState(rawValue: Int32(item.state.rawValue)) ?? .unspecified
    summary.urgency = ExchangeProtos.Urgency(rawValue: Int32(item.urgency)) ?? .unspecified
    summary.maskedName = item.maskedName
    summary.maskedCitizenId = item.maskedCitizenID
    summary.submitted = item.submitted
    summary.due = item.due
    summary.feedbackRequired = item.feedbackRequired
    summary.assignedTo = item.assignedTo
    summary.finding = ExchangeProtos.Finding(rawValue: Int32(item.finding)) ?? .unspecified
    summary.cycle = item.cycle
    summary.late = isLate(item)
    summary.canAnswer = item.inbound && item.need == .feedback
    return summary
  }

  /// S4.5, S6.6: late if what it needs was not done by the end of the due day, or is still open then.
  private func isLate(_ item: StoredItem) -> Bool {
    guard let due = CivilDate(yyyymmdd: item.due) else { return false }
    let done = item.times[item.feedbackRequired ? .answered : .received]
    return (done == 0 ? node.today : CivilDate(chinaDateOf: done)) > due
  }
}

extension Box {
  var query: ItemQuery.Box {
    switch self {
    case .in: .inbound
    case .out: .outbound
    case .todo: .todo
    case .unspecified: .all
    }
  }
}

extension ItemOutcome {
  init(done id: [UInt8]) {
    self.init()
    self.id = id
    done = true
  }

  init(_ id: [UInt8], refusedFor error: any Error) {
    self.init()
    self.id = id
    let failure = CallFailure(ledger: error)
    var refusal = Refusal()
    refusal.reason = failure.reason
    refusal.field = failure.field
    refusal.text = failure.text
    self.refusal = refusal
  }
}

extension CallFailure {
  static let unknownItem = CallFailure(
    .notFound, "unknown-item", field: "id", "没有这条信息 / no such item is known here")
}

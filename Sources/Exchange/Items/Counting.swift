internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC

/// How many items are in which state (S10.3).
///
/// Whoever answers for the whole node counts the whole node; whoever answers for a part counts that
/// part.
struct Counting {
  let node: Node
  let context: CallContext

  func counts() async throws -> CountsReply {
    let boxes: [(name: String, box: ItemQuery.Box)] = [
      ("out", .outbound), ("in", .inbound), ("all", .all),
    ]
    let isForWhole = context.scope.covers(
      caller: context.caller.division, target: "\(node.identity.division)")
    let reach = isForWhole ? nil : context.scope.reach(of: context.caller)
    var reply = CountsReply()
    for (name, box) in boxes {
      let states = try await node.ledger.read { try $0.countsByState(box, within: reach) }
      for state in ItemState.allCases {
        reply.counts.append(Count(name: "\(name).\(state)", value: states[state] ?? 0))
      }
    }
    if isForWhole {
      let (quarantined, objections) = try await node.ledger.read {
        (try $0.quarantinedCount(), try $0.objectionCount())
      }
      reply.counts.append(Count(name: "quarantined", value: quarantined))
      reply.counts.append(Count(name: "objections", value: objections))
    }
    return reply
  }
}

extension Count {
  fileprivate init(name: String, value: Int) {
    self.init()
    self.name = name
    self.value = UInt64(clamping: value)
  }
}

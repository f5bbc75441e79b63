internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import Logging
internal import RPC
internal import Wire

/// The network's trust comes down the links: each node passes on what it goes by itself.
struct TrustDesk {
  let node: Node

  func register(in methods: inout MethodTable) {
    methods.answer(NetworkTrust.next) { request, context in
      try await next(request, for: context.caller)
    }
  }

  /// The next trust, where this node goes by it; what the caller goes by is noted, so that the office
  /// sees who is not there yet.
  private func next(
    _ request: NextTrustRequest, for caller: Caller
  ) async throws -> NextTrustReply {
    let (after, have) = (Int64(clamping: request.after), Int64(clamping: request.have))
    let (next, isNoted) = try await node.ledger.read { ledger in
      (try ledger.trust(after: after), try ledger.node(caller.division)?.trust == have)
    }
    if !isNoted {
      try await node.ledger.commit { ledger in
        try ledger.recordTrust(have, of: caller.division)
      }
    }
    var reply = NextTrustReply()
    if let next, next.applied > 0 { reply.trust = try NetworkTrustBundle(next).message }
    return reply
  }

  // MARK: Fetching

  /// Between two looks at the node above, in looks at the own ledger: a province has three thousand
  /// nodes below it.
  static let looksBetween = 5

  /// Fetches what the node above goes by, until the task is cancelled, as it is with the link.
  ///
  /// Whether it is to be believed is for ``TrustKeeper`` to say.
  func fetch(
    over connection: RPCConnection, peer: DivisionCode, poll: @Sendable () async throws -> Void
  ) async {
    while !Task.isCancelled {
      var told: Int64?
      do {
        told = try await fetch(over: connection)
      } catch {
        if Task.isCancelled { return }
        node.log(
          .notice, "the network's trust could not be asked for", of: "\(peer)",
          ["error": "\(error)"])
      }
      for _ in 0..<TrustDesk.looksBetween where !Task.isCancelled {
        try? await poll()
        // What was taken meanwhile is told at once: whoever rotates an authority waits for it.
        let inForce = try? await node.ledger.read { try $0.trustInForce()?.number ?? 0 }
        if let inForce, let told, inForce != told { break }
      }
    }
  }

  /// Gives the number that was told as the one that this node goes by.
  private func fetch(over connection: RPCConnection) async throws -> Int64 {
    while true {
      let (last, inForce) = try await node.ledger.read { ledger in
        (try ledger.latestTrust()?.number ?? 0, try ledger.trustInForce()?.number ?? 0)
      }
      var request = NextTrustRequest()
      request.after = UInt64(clamping: last)
      request.have = UInt64(clamping: inForce)
      guard let signed = try await connection.call(NetworkTrust.next, request).trust else {
        return inForce
      }
      let (bundle, now) = (try NetworkTrustBundle(signed), node.now())
      guard bundle.number > last else {
        throw CallFailure(
          .internal, .invalid, field: "trust.number",
          "asked for behind \(last), got \(bundle.number)")
      }
      try await node.ledger.commit { try $0.keep(bundle.stored(at: now)) }
    }
  }
}

internal import ExchangeProtos
public import ExchangeRules
internal import Logging
internal import RPC
internal import TLS
internal import Wire

/// The link to a node above: dials, signs in, exchanges, and comes back after every cut.
public struct Uplink: Sendable {
  private let node: Node
  private let peer: DivisionCode
  private let pause: @Sendable (Duration) async throws -> Void
  private let poll: @Sendable () async throws -> Void
  private let secret: any UplinkSecret

  /// How often a link looks for changed passwords to tell of (S8.2) and for rotations to go on with:
  /// `xiecha-admin` makes them in a process of its own.
  public static let pollSeconds = 2

  /// A link that is opened with `secret`, waits with `pause` between attempts, and with `poll`
  /// between its looks for what other processes have done.
  public init(
    _ node: Node, to peer: DivisionCode, secret: any UplinkSecret,
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    poll: @escaping @Sendable () async throws -> Void = {
      try await Task.sleep(for: .seconds(Uplink.pollSeconds))
    }
  ) {
    self.node = node
    self.peer = peer
    self.secret = secret
    self.pause = pause
    self.poll = poll
  }

  /// A link that lasted less says nothing good about the other side, in milliseconds: the next
  /// attempt then waits longer.
  private static let steadyMilliseconds: Int64 = 10_000

  /// Keeps the link until the task is cancelled.
  ///
  /// Never throws for what a peer or a network does.
  public func run() async {
    var backoff = Backoff()
    while !Task.isCancelled {
      let begun = node.now()
      do {
        let connection = try await connect()
        try await exchange(over: connection)
        node.logger.info("link ended", metadata: ["peer": "\(peer)"])
      } catch {
        node.log(
          .notice, "link to the node above is down", of: "\(peer)", ["error": "\(error)"])
      }
      if node.now() - begun >= Uplink.steadyMilliseconds { backoff.succeeded() }
      do {
        try await pause(backoff.next())
      } catch {
        return
      }
    }
  }

  /// With what is in force, or else with what is to come: while a rotation could not go on, the node
  /// above may have ceased to take the old one, or to believe the authority that issued it.
  private func connect() async throws -> RPCConnection {
    do {
      return try await secret.connect(with: .inForce)
    } catch let failure as CallFailure where Self.isRefusal(failure) {
      if failure.status == .unauthenticated, try secret.coming() != nil {
        return try await secret.connect(with: .comingPassword)
      }
      if secret.keys.hasComing { return try await secret.connect(with: .comingKey) }
      // For the next attempt: what is in the files may have been put there since they were read.
      try? await secret.readCertificates()
      throw failure
    }
  }

  private static func isRefusal(_ failure: CallFailure) -> Bool {
    failure.status == .unauthenticated || failure.reason == FailureReason.tls.rawValue
  }

  private func exchange(over connection: RPCConnection) async throws {
    let (requests, replies) = await connection.exchange(Link.exchange)
    let session = LinkSession(
      node: node, division: peer, incoming: replies, outgoing: requests)
    let outcome = await withTaskGroup(of: Void.self) { [node, peer, poll, secret] group in
      group.addTask {
        await Rotation(node: node, peer: peer, secret: secret).run(over: connection, poll: poll)
      }
      // A province's peer is no office above (S8.2), and may be of another authority.
      if node.identity.kind != .province {
        group.addTask {
          await PasswordNotice(node: node).tell(over: connection, peer: peer, poll: poll)
        }
        group.addTask {
          await TrustDesk(node: node).fetch(over: connection, peer: peer, poll: poll)
        }
      }
      defer { group.cancelAll() }
      do {
        return Result<Void, any Error>.success(try await session.run())
      } catch {
        return .failure(error)
      }
    }
    replies.cancel()
    await connection.close()
    try outcome.get()
  }
}

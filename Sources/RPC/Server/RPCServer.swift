public import Logging
internal import NIOConcurrencyHelpers
public import NIOCore
internal import NIOPosix
public import TLS
internal import Wire

/// A node's side that others connect to: accepts connections, and answers calls by a ``MethodTable``.
public final class RPCServer: Sendable {
  /// What a server is set up with.
  public typealias Options = ServerOptions

  private let shared: ServerShared
  /// What listens; nil: connections are handed over by ``accept(_:)``.
  private let channel: (any Channel)?

  private init(shared: ServerShared, channel: (any Channel)?) {
    self.shared = shared
    self.channel = channel
  }

  /// Listens and answers.
  ///
  /// - Throws: ``ListenFailure`` if the address cannot be listened on.
  public static func start(
    on endpoint: Endpoint, methods: MethodTable, authenticator: any Authenticator,
    options: Options, group: any EventLoopGroup, logger: Logger
  ) async throws(ListenFailure) -> RPCServer {
    let shared = ServerShared(
      options: options, methods: methods, authenticator: authenticator, logger: logger,
      group: group)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      // One read a turn of the loop, of 64 KiB at most: a peer that always has more to send waits for
      // the others. With smaller reads a loop in overload takes in less than comes, and what it could
      // refuse at once waits in the socket until it is late.
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelOption(
        .writeBufferWaterMark,
        value: .init(
          low: options.limits.waitingOutputBytes / 4, high: options.limits.waitingOutputBytes)
      )
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try accept(channel, shared) }
      }
    do {
      let channel = try await bootstrap.bind(host: endpoint.host, port: endpoint.port).get()
      return RPCServer(shared: shared, channel: channel)
    } catch {
      throw ListenFailure(endpoint: endpoint, cause: "\(error)")
    }
  }

  /// A server that listens nowhere: who has a channel to it hands it over (``accept(_:)``).
  public convenience init(
    methods: MethodTable, authenticator: any Authenticator, options: Options,
    group: any EventLoopGroup, logger: Logger
  ) {
    self.init(
      shared: ServerShared(
        options: options, methods: methods, authenticator: authenticator, logger: logger,
        group: group), channel: nil)
  }

  /// Serves a channel that is not active yet; on the channel's loop.
  ///
  /// - Throws: ``Wire/CallFailure`` if there are too many connections.
  public func accept(_ channel: any Channel) throws { try RPCServer.accept(channel, shared) }

  private static func accept(_ channel: any Channel, _ shared: ServerShared) throws {
    guard shared.connectionCount < shared.options.connections else {
      shared.ends.note("too-many-connections", from: channel.remoteAddress)
      throw CallFailure(.resourceExhausted, .tooManyConnections, "too many connections")
    }
    let gate = SignInGateHandler(shared.gate)
    try channel.pipeline.syncOperations.addHandlers([
      gate, TLSHandler(context: shared.options.tls, expectedPeerDivision: nil),
      ServerConnection(server: shared, gate: gate),
    ])
  }

  /// Where the server listens; the port is the real one.
  public var endpoint: Endpoint {
    Endpoint(
      host: channel?.localAddress?.ipAddress ?? "", port: channel?.localAddress?.port ?? 0)
  }

  /// Connections that are open now.
  public var connectionCount: Int { shared.connectionCount }

  /// What was answered, refused and ended since the start.
  public var figures: ServerFigures {
    ServerFigures(
      methods: shared.methods.figures,
      unknownCalls: shared.unknownCalls.figures(of: "")?.answered[.unimplemented] ?? 0,
      signedIn: shared.signIns.signedIn, refusedSignIns: shared.signIns.refusals,
      ends: shared.ends.counts)
  }

  /// Connections that are in their handshake or sign-in now.
  var placesTaken: Int { shared.gate.taken }

  /// The peers with certificates that are connected now.
  public func peers() async -> Set<PeerIdentity> {
    var peers: Set<PeerIdentity> = []
    for connection in shared.open {
      let found = try? await connection.eventLoop.submit { connection.value.certificate }.get()
      if let peer = found ?? nil { peers.insert(peer) }
    }
    return peers
  }

  /// Ends the connections of peers that the files in force believe no longer: to be called when they
  /// were read again, so that it counts at once and not with each connection's next tick.
  public func recheckPeers() { shared.forEachConnection { $0.recheckPeer() } }

  /// Ends the connections of accounts that may call no longer: to be called when somebody's rights have
  /// become less, so that it counts at once and not with each connection's next tick.
  public func recheckAccounts() { shared.forEachConnection { $0.recheckAccount() } }

  /// Stops listening, lets open calls end, and closes what is still open after the grace.
  public func drain(within grace: TimeAmount) async {
    try? await channel?.close()
    shared.forEachConnection { $0.drain() }
    let deadline = NIODeadline.now() + grace
    while shared.connectionCount > 0, NIODeadline.now() < deadline {
      let loop = channel?.eventLoop ?? shared.group.any()
      try? await loop.scheduleTask(in: .milliseconds(20)) {}.futureResult.get()
    }
    shared.forEachConnection { $0.drop() }
  }
}

/// An address that cannot be listened on.
public struct ListenFailure: Error, Sendable, CustomStringConvertible {
  /// The address.
  public let endpoint: Endpoint
  /// What the system said.
  public let cause: String

  /// One line with the remedy.
  public var description: String {
    "cannot listen on \(endpoint): \(cause); choose another port or stop what holds this one"
  }
}

import Credentials
import NIOCore
import NIOPosix
import RPC
import TLS
import Wire

/// A node that speaks real TLS, signs its callers in, and then says whatever a test wants.
final class RawNode: Sendable {
  let endpoint: Endpoint
  private let listener: any Channel
  private let callers: AsyncStream<RawPeer>

  private init(_ listener: any Channel, _ endpoint: Endpoint, _ callers: AsyncStream<RawPeer>) {
    self.listener = listener
    self.endpoint = endpoint
    self.callers = callers
  }

  static func start() async throws -> RawNode {
    let tls = try Network.serverContext()
    let (callers, continuation) = AsyncStream<RawPeer>.makeStream()
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let arrivals = Arrivals()
          let tls = TLSHandler(context: tls)
          try channel.pipeline.syncOperations.addHandlers([tls, RawCollector(arrivals)])
          continuation.yield(
            RawPeer(
              channel: channel, arrivals: arrivals,
              handler: NIOLoopBound(tls, eventLoop: channel.eventLoop)))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let endpoint = Endpoint(host: "127.0.0.1", port: listener.localAddress?.port ?? 0)
    return RawNode(listener, endpoint, callers)
  }

  /// Connects a client, and takes it as a caller that is signed in.
  func connect(
    _ hello: Hello = Hello(.standard), limits: WireLimits = .standard
  ) async throws -> (client: RPCConnection, caller: RawPeer) {
    async let client = dial(limits: limits)
    let caller = try await accept(hello)
    return (try await client, caller)
  }

  /// Only connects, for a test that accepts by itself.
  func dial(
    limits: WireLimits = .standard, timeout: TimeAmount = .seconds(10)
  ) async throws(CallFailure) -> RPCConnection {
    var options = try Network.clientOptions(expecting: Network.division, limits: limits)
    options.connectTimeout = timeout
    return try await RPCConnection.connect(
      to: endpoint, signIn: SignIn(name: "zhang", password: "correct horse"), options: options,
      group: MultiThreadedEventLoopGroup.singleton)
  }

  /// The next caller, signed in.
  func accept(_ hello: Hello = Hello(.standard)) async throws -> RawPeer {
    let caller = try await acceptUnsigned()
    try await caller.signInCaller(hello)
    return caller
  }

  /// The next caller, who has been told nothing yet.
  func acceptUnsigned() async throws -> RawPeer {
    guard let caller = await callers.first(where: { _ in true }) else { throw ChannelError.eof }
    return caller
  }

  /// Takes no more callers.
  func stop() async throws { try await listener.close() }
}

extension RawPeer {
  private static let verifier = ScramVerifier(password: "correct horse", iterations: 4096)

  /// Takes a caller's `HELLO` and sign-in, whoever it says it is.
  fileprivate func signInCaller(_ hello: Hello) async throws {
    try await take(.hello)
    let first = try await take(.authenticate)
    var scram = ScramServer(channelBinding: try await channelBinding(), decoySecret: [1])
    _ = try scram.clientFirst(Array(first.payload.dropFirst()))
    let answer = scram.serverFirst(
      verifier: RawPeer.verifier, previous: nil, decoyIterations: 4096)
    send {
      $0.writeHello(hello)
      $0.writeAuthenticate(.serverFirst, answer)
    }
    let final = try await take(.authenticate)
    let proof = try scram.clientFinal(Array(final.payload.dropFirst()))
    send { $0.writeAuthenticate(.serverFinal, proof) }
  }

  /// The next frame, which must be of this type.
  @discardableResult
  func take(_ type: FrameType) async throws -> RawFrame {
    let frame = await next()
    guard let frame, frame.header.type == type else {
      throw Unexpected(wanted: "\(type)", frame: frame)
    }
    return frame
  }

  /// How a connection can end.
  enum Ending: CaseIterable {
    /// As it should: close_notify, then the end of TCP.
    case closed
    /// The end of TCP alone, as somebody in between can make it.
    case cut
    /// A TCP reset, as of a process that died or a machine that came back.
    case reset
  }

  /// Ends the connection without a word of the protocol.
  func end(_ ending: Ending) async throws {
    if ending == .closed { return await close() }
    if ending == .reset, let options = channel as? any SocketOptionProvider {
      try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    }
    // From the TLS handler downwards: it says nothing.
    try await channel.eventLoop.submit { [channel] in
      try channel.pipeline.syncOperations.context(handlerType: TLSHandler.self).close(promise: nil)
    }.get()
    try? await channel.closeFuture.get()
  }
}

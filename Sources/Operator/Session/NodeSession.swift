public import ExchangeProtos
internal import NIOCore
internal import NIOPosix
public import Presentation
public import RPC
public import TLS
public import Wire

/// Calls to the node of a profile, signed in; a connection that is lost meanwhile is opened again.
public struct NodeSession: Sendable {
  /// Calls that are made at once: a node commits them together.
  public static let callsInFlight = 128

  private let client: RPCClient
  /// The sign-in that it works with.
  public let profile: Profile

  /// Does the work with the session of a profile, and closes.
  ///
  /// `asked` is the name of the sign-in; nil: the environment's, or the only one.
  public static func with<Result: Sendable>(
    profile asked: String?, _ work: (NodeSession) async throws -> Result
  ) async throws -> Result {
    let (name, profile) = try ProfileStore().chosen(asked)
    guard let session = profile.session else { throw ProfileStore.notSignedIn }
    guard session.expires > SystemClock.milliseconds else {
      throw ProgramFailure(
        .credentials, "session-ended", chinese: "登录已过期，请重新登录：xiecha sign-in \(name)",
        english: "the session has ended; sign in again: xiecha sign-in \(name)")
    }
    return try await with(
      profile, signIn: SignIn(name: session.name, password: session.secret), work)
  }

  /// Does the work with a name and a password or secret, and closes.
  ///
  /// All its calls are of one trace, unless they are of one already.
  public static func with<Result: Sendable>(
    _ profile: Profile, signIn: SignIn, _ work: (NodeSession) async throws -> Result
  ) async throws -> Result {
    let tls = try TLSContext(
      client: TLSConfiguration(
        certificateChainFile: profile.certificate, privateKeyFile: profile.key,
        trustRootsFile: profile.trust))
    let session = try NodeSession(profile, signIn: signIn, tls: tls)
    return try await TraceContext.$current.withValue(TraceContext.current ?? .begin()) {
      do {
        let result = try await work(session)
        await session.close()
        return result
      } catch {
        await session.close()
        throw error
      }
    }
  }

  /// A session that stays open until it is closed; it dials with the first call.
  ///
  /// - Throws: `node` where the profile's node is no address.
  public init(
    _ profile: Profile, signIn: SignIn, tls: TLSContext
  ) throws(ProgramFailure) {
    let addresses = AddressRound(try NodeSession.addresses(in: profile.node))
    let options = RPCConnection.Options(tls: tls, expectedDivision: profile.division)
    // As many retries as calls that one lost connection can take with it.
    let budget = RetryBudget(largestRetries: NodeSession.callsInFlight)
    client = RPCClient(budget: budget) { () async throws(CallFailure) in
      try await addresses.first { endpoint async throws(CallFailure) in
        try await RPCConnection.connect(
          to: endpoint, signIn: signIn, options: options,
          group: MultiThreadedEventLoopGroup.singleton)
      }
    }
    self.profile = profile
  }

  /// By what this task's calls are found in the nodes' logs; empty: they are of no trace.
  public var trace: String { TraceContext.current?.identity ?? "" }

  /// The addresses of a node: one, or several with commas between.
  public static func addresses(in text: String) throws(ProgramFailure) -> [Endpoint] {
    guard let endpoints = Endpoint.list(text) else {
      throw ProgramFailure(
        .badInput, "node", chinese: "节点地址应为 主机:端口，多个用逗号分隔，而不是 \(text)",
        english: "the node is HOST:PORT, several with commas between, not \(text)")
    }
    return endpoints
  }

  /// Ends its connection; no call can be made any more.
  public func close() async { await client.close() }

  /// Calls a method and waits for its reply, attempts and waiting included.
  public func call<Request, Reply>(
    _ method: UnaryMethod<Request, Reply>, _ request: Request, seconds: Int64 = 30
  ) async throws(CallFailure) -> Reply {
    do throws(CallFailure) {
      return try await client.call(method, request, timeout: .seconds(seconds))
    } catch {
      throw error.traced
    }
  }

  /// All replies of a stream, attempts and waiting included.
  public func all<Request, Reply>(
    _ method: ServerStreamingMethod<Request, Reply>, _ request: Request, seconds: Int64 = 120
  ) async throws(CallFailure) -> [Reply] {
    do throws(CallFailure) {
      return try await client.all(method, request, timeout: .seconds(seconds))
    } catch {
      throw error.traced
    }
  }
}

extension CallFailure {
  /// The failure with the trace of its call, by which the node's log is searched.
  fileprivate var traced: CallFailure {
    var failure = self
    failure.trace = TraceContext.current?.identity ?? ""
    return failure
  }
}

import Credentials
import ExchangeProtos
import Logging
import NIOCore
import NIOPosix
import RPC
import TLS
import TestSupport
import TestTLS
import Wire

/// A server on loopback with real TLS, and what a client needs to reach it.
struct Network {
  static let division = "440306"
  /// Made once for all tests: keys would cost more than most of them.
  static let (folder, certificates) = {
    do {
      let folder = try TemporaryFolder()
      return (folder, try TestCertificates.create(in: folder.path, for: [division]))
    } catch {
      fatalError("no certificates for the tests: \(error)")
    }
  }()

  static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  static func serverContext() throws -> TLSContext {
    try certificates.server(division)
  }

  static func clientOptions(
    expecting division: String?, limits: WireLimits
  ) throws(CallFailure) -> RPCConnection.Options {
    do {
      var options = RPCConnection.Options(
        tls: try certificates.client(), expectedDivision: division)
      options.limits = limits
      return options
    } catch {
      throw CallFailure(.internal, .tls, "\(error)")
    }
  }

  let server: RPCServer
  let accounts: KnownAccounts

  static func start(
    limits: WireLimits = .standard, calls: Int = 64, connectionsPerAccount: Int = 256,
    logger: Logger = silent, pause: (@Sendable (Duration) async -> Void)? = nil,
    _ methods: (inout MethodTable) -> Void
  ) async throws -> Network {
    var table = MethodTable()
    methods(&table)
    let accounts = KnownAccounts()
    var options = RPCServer.Options(
      tls: try serverContext(), limits: limits, decoySecret: [1, 2, 3])
    options.calls = calls
    options.connectionsPerAccount = connectionsPerAccount
    if let pause { options.pause = pause }
    let server = try await RPCServer.start(
      on: Endpoint(host: "127.0.0.1", port: 0), methods: table, authenticator: accounts,
      options: options, group: MultiThreadedEventLoopGroup.singleton,
      logger: logger)
    return Network(server: server, accounts: accounts)
  }

  func connect(
    as name: String = "zhang", password: String = "correct horse",
    expecting division: String? = Network.division,
    limits: WireLimits = .standard
  ) async throws(CallFailure) -> RPCConnection {
    let options = try Network.clientOptions(expecting: division, limits: limits)
    return try await RPCConnection.connect(
      to: server.endpoint, signIn: SignIn(name: name, password: password), options: options,
      group: MultiThreadedEventLoopGroup.singleton)
  }

  /// Connects to a server whose time for the sign-in is short, again if a busy machine was too slow.
  func connectInTime() async throws -> RPCConnection {
    while true {
      do throws(CallFailure) {
        return try await connect()
      } catch {
        guard error.reason == "authentication-timeout" || error.reason == "connection-lost" else {
          throw error
        }
      }
    }
  }

  /// Waits until this many connections are left: an end is seen at both sides, one after the other.
  func untilConnections(_ count: Int) async {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    while server.connectionCount != count {
      try? await loop.scheduleTask(in: .milliseconds(5)) {}.futureResult.get()
    }
  }

  static let item: BenchItem = {
    var item = BenchItem()
    item.id = [UInt8](repeating: 7, count: 16)
    item.from = "440306"
    item.to = "441702"
    item.name = "王一"
    return item
  }()

  /// Answers a `BenchItem` with its own identity.
  static func acknowledge(_ item: BenchItem) -> BenchAck {
    var ack = BenchAck()
    ack.id = item.id
    return ack
  }
}

/// Accounts in memory: a county operator, a reporter, and a node.
final class KnownAccounts: Authenticator {
  private static let verifier = ScramVerifier(password: "correct horse", iterations: 4096)
  private static let roles: [String: Role] = [
    "zhang": .countyOperator, "zhang.li": .countyOperator, "reporter": .villageReporter,
    "node:440306": .countyNode,
  ]

  func credential(of name: String, peer: SignInPeer) async -> SignInCredential? {
    KnownAccounts.roles[name].map { _ in SignInCredential(current: KnownAccounts.verifier) }
  }

  func decoyIterations(of name: String) -> Int { 4096 }

  func signedIn(
    _ name: String, proven: ScramVerifier, peer: SignInPeer
  ) async throws(CallFailure) -> Caller {
    guard let role = KnownAccounts.roles[name] else {
      throw CallFailure(.unauthenticated, word: "gone", "the account is gone")
    }
    return Caller(account: name, role: role, division: Network.division)
  }

  func mayStay(_ caller: Caller, isActive: Bool) async -> Bool { true }

  func refused(_ name: String, peer: SignInPeer) async {}
  func denied(_ method: String, of caller: Caller, _ failure: CallFailure) {}
}

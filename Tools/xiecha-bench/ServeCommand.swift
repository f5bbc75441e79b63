import ArgumentParser
import Credentials
import ExchangeProtos
import Logging
import NIOCore
import NIOPosix
import RPC
import TLS
import Wire

/// The measured server, in a process of its own so that its CPU can be told apart.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "The server of the rpc benchmark.", shouldDisplay: false)

  @Option var certificates: String
  @Option var threads = 2

  func run() async throws {
    var methods = MethodTable()
    methods.answerAtOnce(Bench.submit) { item, _ throws(CallFailure) in
      var ack = BenchAck()
      ack.id = item.id
      ack.sequence = item.submittedAt
      ack.due = item.submittedAt &+ 30 * 86_400
      return ack
    }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
    let server = try await RPCServer.start(
      on: Endpoint(host: "127.0.0.1", port: 0), methods: methods, authenticator: BenchAccounts(),
      options: RPCServer.Options(
        tls: try Certificates(directory: certificates).server(),
        decoySecret: [1]),
      group: group, logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
    print("ready \(server.endpoint.port)")
    try await withCheckedThrowingContinuation { (_: CheckedContinuation<Void, any Error>) in }
  }
}

/// One account: a county's node, with its certificate.
struct BenchAccounts: Authenticator {
  static let password = "a password of the benchmark"
  private static let verifier = ScramVerifier(password: password, iterations: 4096)

  func credential(of name: String, peer: PeerIdentity?) async -> SignInCredential? {
    peer == nil ? nil : SignInCredential(current: BenchAccounts.verifier)
  }

  func decoyIterations(of name: String) -> Int { 4096 }

  func signedIn(_ name: String, peer: PeerIdentity?) async throws(CallFailure) -> Caller {
    Caller(account: name, role: .countyNode, division: Certificates.division)
  }

  func mayStay(_ caller: Caller) async -> Bool { true }
  func refused(_ name: String, peer: PeerIdentity?) async {}
}

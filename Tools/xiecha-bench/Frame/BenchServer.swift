import NIOCore
import NIOPosix
import RPC

/// The measured server in its process, and how clients reach it.
struct BenchServer: Sendable {
  let process: Subprocess
  let endpoint: Endpoint
  let certificates: Certificates

  static func start(_ arguments: [String] = []) throws -> BenchServer {
    let certificates = try Certificates.create()
    let process = try Subprocess(
      CommandLine.arguments[0], ["serve", "--certificates", certificates.directory] + arguments)
    guard let port = Int(try process.waitUntilReady()) else { throw Subprocess.Ended() }
    return BenchServer(
      process: process, endpoint: Endpoint(host: "127.0.0.1", port: port),
      certificates: certificates)
  }

  func stop() {
    process.stop()
    certificates.remove()
  }

  var residentKibibytes: Double { Memory.residentKibibytes(of: process.identifier) }

  /// The sign-in of the one account; kept by its user, so that its keys are derived once.
  static func signIn() -> SignIn { SignIn(name: "node:440306", password: BenchAccounts.password) }

  func options() throws -> RPCConnection.Options {
    RPCConnection.Options(
      tls: try certificates.client(), expectedDivision: Certificates.division)
  }

  func connect(
    _ signIn: SignIn = BenchServer.signIn(), group: any EventLoopGroup
  ) async throws -> RPCConnection {
    try await RPCConnection.connect(
      to: endpoint, signIn: signIn, options: try options(), group: group)
  }
}

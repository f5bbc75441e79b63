import Credentials
import Exchange
import ExchangeRules
import Foundation
import Ledger
import Logging
import NIOCore
import NIOPosix
import RPC
import ReferenceData
import TLS

/// A county's node on loopback with an operator's account, for the program to talk to.
struct CountyNode {
  static let division = "440306"
  static let account = "wang"
  static let password = "a password of the test"

  /// Where certificates, store and the operator's home are.
  let directory: String
  let server: RPCServer
  let ledger: Ledger

  static func start() async throws -> CountyNode {
    let directory = NSTemporaryDirectory() + "xiecha-program-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let now = Date().timeIntervalSince1970
    let authority = try CertificateAuthority.create(in: directory, now: Int64(now))
    let issued = try authority.issueNode(division: division, in: directory, now: Int64(now))
    let ledger = try Ledger(path: directory + "/county.sqlite")
    let verifier = ScramVerifier(password: password, iterations: 4096).text
    try await ledger.commit { ledger in
      try ledger.create(
        StoredAccount(
          name: account, role: Role.countyOperator.rawValue, division: division,
          verifier: verifier, created: Int64(now * 1000)))
    }
    guard let code = DivisionCode(division),
      let identity = NodeIdentity(
        kind: .county, division: code, name: "宝安区", profile: .provincial2009)
    else { throw NotStarted() }
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let node = Node(
      identity: identity, ledger: ledger, calendar: .national, register: .national,
      uplinks: [], now: { Int64(Date().timeIntervalSince1970 * 1000) }, logger: logger)
    let server = try await RPCServer.start(
      on: Endpoint(host: "127.0.0.1", port: 0), methods: node.methods(),
      authenticator: LedgerAuthenticator(node),
      options: RPCServer.Options(
        tls: try TLSContext(
          server: TLSConfiguration(
            certificateChainFile: issued.certificateFile, privateKeyFile: issued.keyFile,
            trustRootsFile: authority.certificateFile)),
        decoySecret: [1, 2, 3]),
      group: MultiThreadedEventLoopGroup.singleton, logger: logger)
    return CountyNode(directory: directory, server: server, ledger: ledger)
  }

  struct NotStarted: Error {}

  /// Runs the program with this operator's home, signed in or not.
  func xiecha(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) async throws -> ProgramRun {
    var variables = ["HOME": directory, "XIECHA_PASSWORD": CountyNode.password]
    variables.merge(environment) { $1 }
    return try await ProgramRun(arguments, input: input, environment: variables, in: directory)
  }

  var address: String { server.endpoint.description }

  func signIn(at endpoint: String? = nil) async throws -> ProgramRun {
    try await xiecha(
      "sign-in", "bao", "--node", endpoint ?? address, "--division", CountyNode.division,
      "--account", CountyNode.account, "--trust", directory + "/authority.pem")
  }

  func stop() async throws {
    await server.drain(within: .milliseconds(1))
    try ledger.close()
    try FileManager.default.removeItem(atPath: directory)
  }
}

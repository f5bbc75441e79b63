import Exchange
import Foundation
import Ledger
import RPC
import TestNodes
import TestSupport
import TestTLS

/// A county's node with an operator's account, for the program to talk to.
struct CountyNode {
  static let division = "440306"
  static let account = "wang"
  static let password = TestNode.password

  /// Where certificates, store and the operator's home are.
  let folder: TemporaryFolder
  private let node: TestNode

  static func start() async throws -> CountyNode {
    let folder = try TemporaryFolder()
    var setup = TestNode.Setup(
      .county, division,
      certificates: try .create(in: folder.path, for: [division]),
      now: { Int64(Date().timeIntervalSince1970 * 1000) })
    setup.name = "宝安区"
    setup.account = account
    return CountyNode(folder: folder, node: try await TestNode(setup))
  }

  var directory: String { folder.path }
  var ledger: Ledger { node.node.ledger }
  var endpoint: Endpoint { node.server.endpoint }

  /// Runs the program with this operator's home, signed in or not.
  func xiecha(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) async throws -> ProgramRun {
    var variables = ["HOME": directory, "XIECHA_PASSWORD": CountyNode.password]
    variables.merge(environment) { $1 }
    return try await .xiecha(arguments, input: input, environment: variables, in: directory)
  }

  func signIn(at endpoint: String? = nil) async throws -> ProgramRun {
    try await xiecha(
      "sign-in", "bao", "--node", endpoint ?? "\(self.endpoint)", "--division",
      CountyNode.division, "--account", CountyNode.account, "--trust", directory + "/authority.pem")
  }

  func stop() async throws { try await node.kill() }
}

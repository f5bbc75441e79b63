import Credentials
import Exchange
import ExchangeRules
import Ledger
import NIOCore
import RPC
import TestNodes
import TestSupport
import TestTLS
import Testing
import Wire

@testable import ExchangeProtos

/// The table of permissions against a real node: what it says is what happens.
@Suite("AC-3: every method by every role, tried at a real node", .timeLimit(.minutes(3)))
struct MethodRoleTests {
  /// Where an account of each role is; a node shows the certificate of its division.
  private static let divisions: [Role: String] = [
    .villageReporter: "440306018201", .townshipOperator: "440306018", .countyOperator: "440306",
    .countySupervisor: "440306", .provinceSupervisor: "440000", .systemAdministrator: "440306",
    .securityAdministrator: "440306", .auditor: "440306", .provinceNode: "450000",
    .countyNode: "440307", .townshipNode: "440306018",
  ]

  /// The methods of a node; a benchmark's server alone has one more.
  private static let listed = PermissionTable.methods.filter { !$0.hasPrefix("xiecha.bench") }

  private func start() async throws -> (node: TestNode, folder: TemporaryFolder) {
    let folder = try TemporaryFolder()
    let nodes = Self.divisions.filter(\.key.isNode).map(\.value)
    let certificates = try TestCertificates.create(in: folder.path, for: ["440306"] + nodes)
    let node = try await TestNode(
      TestNode.Setup(.county, "440306", certificates: certificates, now: TestClock().now))
    for role in Role.allCases {
      let division = try #require(Self.divisions[role])
      try await node.add(try Self.account(of: role), as: role, of: division)
    }
    return (node, folder)
  }

  private static func account(of role: Role) throws -> String {
    role.isNode ? "node:\(try #require(divisions[role]))" : "of-\(role.rawValue)".lowercased()
  }

  private func signIn(_ role: Role, at node: TestNode) async throws -> RPCConnection {
    let certificate = role.isNode ? Self.divisions[role] : nil
    return try await RPCConnection.connect(
      to: node.server.endpoint,
      signIn: SignIn(name: try Self.account(of: role), password: TestNode.password),
      options: RPCConnection.Options(
        tls: try node.setup.certificates.client(certificate), expectedDivision: "440306"),
      group: Office.group)
  }

  @Test("A node answers the methods of the table, all of them and no other")
  func complete() async throws {
    let (node, folder) = try await start()
    defer { _ = folder }
    let answered = node.node.methods().methods.map(\.fullName)
    #expect(answered == Self.listed.sorted())
    try await node.kill()
  }

  @Test(
    "Who is not named in the table is refused for the role, and who is named is not",
    arguments: Role.allCases)
  func cells(role: Role) async throws {
    let (node, folder) = try await start()
    defer { _ = folder }
    for method in node.node.methods().methods {
      // A connection each: some methods end what the caller has opened.
      let connection = try await signIn(role, at: node)
      // An empty request: whoever may call is answered, or refused for what it asks.
      let empty = UnaryMethod<WhoAmIRequest, CloseSessionReply>(
        method.fullName, number: method.number)
      var refusal: CallFailure?
      do throws(CallFailure) {
        _ = try await connection.call(empty, WhoAmIRequest(), timeout: .seconds(20))
      } catch {
        refusal = error
      }
      let isRefused =
        refusal?.status == .permissionDenied && refusal?.reason == FailureReason.wrongRole.rawValue
      let mayCall = PermissionTable.scope(of: role, calling: method.fullName) != nil
      #expect(isRefused == !mayCall, "\(role) \(method.fullName): \(String(describing: refusal))")
      #expect(
        refusal?.status != .unavailable && refusal?.status != .deadlineExceeded,
        "\(role) \(method.fullName): \(String(describing: refusal))")
      await connection.close()
    }
    try await node.kill()
  }

  @Test("Without a sign-in every method is refused, and the connection ends")
  func withoutSignIn() async throws {
    let (node, folder) = try await start()
    defer { _ = folder }
    for method in node.node.methods().methods {
      let frames = try await UnsignedCall.make(
        method.number, at: node.server.endpoint,
        tls: try node.setup.certificates.client(), division: "440306")
      #expect(frames.contains(.goAway), "\(method.fullName)")
      #expect(frames.allSatisfy { $0 == .hello || $0 == .goAway }, "\(method.fullName)")
    }
    try await node.kill()
  }
}

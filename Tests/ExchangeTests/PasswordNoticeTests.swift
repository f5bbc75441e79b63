import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import NIOPosix
import RPC
import TestSupport
import TestTLS
import Testing
import Wire

@Suite("S8.2: the province's office hears of each changed password", .timeLimit(.minutes(30)))
struct PasswordNoticeTests {
  private let town = TestNetwork.residenceTowns[0]

  /// Changes the operator's password as `xiecha-admin` does.
  private func change(at office: Office, _ network: TestNetwork) async throws {
    let now = network.clock.now()
    let division = office.division
    try await office.node.ledger.commit { ledger in
      try ledger.changePassword(
        of: "operator", to: Office.verifier, at: now, previousUntil: 0,
        by: LedgerActor(account: "keeper", role: "administrator", division: division))
    }
  }

  @Test("a change made while the link is down is told when it is up, through every level, once")
  func told() async throws {
    let network = try await TestNetwork.start()
    let office = network[town]
    try await office.kill()
    try await office.start()
    // Before the link is up, or told by the next look: both ways end the same.
    try await change(at: office, network)
    try await network.until(TestNetwork.province) { ledger in
      try ledger.passwordChanges().map(\.account) == ["operator"]
    }
    let known = try await network[TestNetwork.province].node.ledger.read {
      try $0.passwordChanges()
    }
    #expect(known.map(\.division) == [town])
    #expect(known.map(\.by) == ["keeper"])
    for division in [town, TestNetwork.residence] {
      try await network.until(division) { try $0.untoldPasswordChanges().isEmpty }
    }
    try await network.stop()
  }

  @Test("what is told twice is kept once; a node speaks for its own division only")
  func once() async throws {
    let network = try await TestNetwork.start()
    let county = network[TestNetwork.residence]
    var notice = PasswordChangeNotice()
    notice.account = "operator"
    notice.division = town
    notice.changed = 7
    notice.by = "keeper"
    var request = TellPasswordChangesRequest()
    request.changes = [notice]
    let connection = try await county.connect(as: town)
    let empty = TellPasswordChangesRequest()
    for request in [empty, request, request, empty] {
      _ = try await connection.call(Link.tellPasswordChanges, request)
    }
    #expect(try await county.node.ledger.read { try $0.passwordChanges().count } == 1)
    #expect(network.lines.count(of: "passwords were changed below", peer: town) == 1)

    request.changes[0].division = TestNetwork.residenceTowns[1]
    let refused = await #expect(throws: CallFailure.self) {
      try await connection.call(Link.tellPasswordChanges, request)
    }
    #expect(refused?.status == .permissionDenied)
    #expect(refused?.field == "changes.division")
    await connection.close()

    let person = try await county.signIn()
    let unauthorised = await #expect(throws: CallFailure.self) {
      try await person.call(Link.tellPasswordChanges, request)
    }
    #expect(unauthorised?.status == .permissionDenied)
    await person.close()
    try await network.stop()
  }
}

extension Office {
  /// A connection of the node below, beside its own link.
  fileprivate func connect(as below: String) async throws -> RPCConnection {
    guard let endpoint else { throw Stopped() }
    return try await RPCConnection.connect(
      to: endpoint,
      signIn: SignIn(name: NodeIdentity.account(of: below), password: Office.password),
      options: RPCConnection.Options(
        tls: try network.certificates.client(below), expectedDivision: division),
      group: MultiThreadedEventLoopGroup.singleton)
  }
}

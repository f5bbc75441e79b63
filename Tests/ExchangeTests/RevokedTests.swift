import Credentials
import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import TLS
import TestNodes
import TestSupport
import TestTLS
import Testing
import Wire

/// The connections of this node look at the time every ten minutes: what ends sooner, the watch has
/// ended.
@Suite("Who is revoked is out at once, and what was open ends (AC-2)", .timeLimit(.minutes(30)))
struct RevokedTests {
  private static let province = "440000"
  private static let county = "440306"

  private let folder: TemporaryFolder
  private let certificates: TestCertificates
  private let clock = TestClock()

  init() throws {
    folder = try TemporaryFolder()
    certificates = try .create(in: folder.path, for: [Self.province, Self.county])
  }

  private func start() async throws -> TestNode {
    var setup = TestNode.Setup(
      .province, Self.province, certificates: certificates, now: clock.now)
    setup.below = [(Self.county, .county)]
    setup.limits.authenticationMilliseconds = 600_000
    setup.limits.silenceMilliseconds = 1_800_000
    let node = try await TestNode(setup)
    node.watchRights()
    return node
  }

  private func connect(
    to node: TestNode, _ name: String, _ password: String, _ tls: TLSContext
  ) async throws -> RPCConnection {
    try await RPCConnection.connect(
      to: node.server.endpoint, signIn: SignIn(name: name, password: password),
      options: RPCConnection.Options(tls: tls, expectedDivision: Self.province),
      group: Office.group)
  }

  @Test("it looks often enough: four times in a second")
  func often() { #expect(RightsWatch.pollMilliseconds <= 250) }

  @Test("an account that is switched off, or gets another password", arguments: [true, false])
  func account(isDisabled: Bool) async throws {
    let node = try await start()
    // Resumes by its ticket, as a program does that stays.
    let tls = try certificates.client()
    let first = try await connect(to: node, "operator", TestNode.password, tls)
    let session = try await first.call(Account.openSession, OpenSessionRequest())
    let second = try await connect(to: node, session.name, session.secret, tls)
    let now = clock.now()
    try await node.node.ledger.commit { ledger in
      if isDisabled {
        try ledger.disable("operator", at: now)
      } else {
        let verifier = ScramVerifier(password: "another password", iterations: 4096)
        try ledger.changePassword(
          of: "operator", to: verifier.text, at: now + 1, previousUntil: 0,
          by: Office.administrator)
        try ledger.revokeSessions(of: "operator", at: now)
      }
    }
    for connection in [first, second] { await connection.waitUntilClosed() }
    for (name, password) in [("operator", TestNode.password), (session.name, session.secret)] {
      let refused = await #expect(throws: CallFailure.self) {
        try await connect(to: node, name, password, tls)
      }
      #expect(refused?.status == .unauthenticated)
    }
    try await node.kill()
  }

  @Test("a node that is shut out, and one that got another certificate", arguments: [true, false])
  func node(isDisabled: Bool) async throws {
    let node = try await start()
    let tls = try certificates.client(Self.county)
    let name = NodeIdentity.account(of: Self.county)
    let connection = try await connect(to: node, name, TestNode.password, tls)
    let (requests, replies) = await connection.exchange(Link.exchange)
    let now = clock.now()
    if isDisabled {
      try await NodeRegistration.set(
        try #require(DivisionCode(Self.county)), enabled: false, in: node.node.ledger, now: now,
        by: Office.administrator)
    } else {
      try await node.node.ledger.commit { ledger in
        var registered = try #require(try ledger.node(Self.county))
        registered.fingerprint = [UInt8](repeating: 7, count: 32)
        try ledger.register(registered)
      }
    }
    await connection.waitUntilClosed()
    await #expect(throws: CallFailure.self) { while try await replies.next() != nil {} }
    _ = requests
    let refused = await #expect(throws: CallFailure.self) {
      try await connect(to: node, name, TestNode.password, tls)
    }
    #expect(refused?.status == .unauthenticated)
    try await node.kill()
  }
}

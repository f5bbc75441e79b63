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

@Suite("AUTH-4: a password alone opens none of the three duties", .timeLimit(.minutes(2)))
struct SecondFactorTests {
  private let folder: TemporaryFolder
  private let clock = TestClock()

  init() throws { folder = try TemporaryFolder() }

  /// A county's node with the security administrator `keeper`, who has a certificate, and the auditor
  /// `judge`, who has none.
  private func start(_ access: AccessPolicy = AccessPolicy()) async throws -> TestNode {
    let certificates = try TestCertificates.create(in: folder.path, for: ["440306", "440307"])
    var setup = TestNode.Setup(.county, "440306", certificates: certificates, now: clock.now)
    setup.access = access
    let node = try await TestNode(setup)
    try await node.add("keeper", as: .securityAdministrator)
    try await node.add("judge", as: .auditor)
    try await node.certify("keeper")
    return node
  }

  private func refusal(_ work: () async throws -> RPCConnection) async throws -> CallFailure {
    do {
      await (try await work()).close()
    } catch let failure as CallFailure {
      return failure
    }
    throw NoRefusal()
  }

  private struct NoRefusal: Error {}

  @Test("Who shows the account's certificate is let in, and nobody else, password or not")
  func required() async throws {
    let node = try await start()
    let keeper = try await node.signIn(as: "keeper", certificate: "keeper")
    let who = try await keeper.call(Account.whoAmI, WhoAmIRequest())
    #expect(who.actor?.role == "securityAdministrator")
    await keeper.close()
    try node.setup.certificates.issuePerson("stranger")
    // None, a node's, a certificate of nobody's account here; and for the auditor the keeper's own.
    for (account, certificate) in [
      ("keeper", nil), ("keeper", "440307"), ("keeper", "stranger"), ("judge", "keeper"),
    ] {
      let failure = try await refusal {
        try await node.signIn(as: account, certificate: certificate)
      }
      #expect(failure.reason == "certificate-required", "\(account) \(certificate ?? "-")")
    }
    let wrong = try await refusal {
      try await node.signIn(SignIn(name: "keeper", password: "wrong"), certificate: "keeper")
    }
    #expect(wrong.reason == "authentication-failed")
    // Others may do without.
    await (try await node.signIn()).close()
    let traces = try await node.node.ledger.read { try $0.traces(limit: 100) }.map(\.entry)
    #expect(
      traces.count { $0.purpose.hasPrefix("no certificate of the account from") } == 4,
      "whoever knows a password leaves a trace")
    try await node.kill()
  }

  @Test("A session needs the certificate too, and ends with it")
  func sessions() async throws {
    let node = try await start()
    let keeper = try await node.signIn(as: "keeper", certificate: "keeper")
    let session = try await keeper.call(Account.openSession, OpenSessionRequest())
    await keeper.close()
    let secret = SignIn(name: session.name, password: session.secret)
    let failure = try await refusal { try await node.signIn(secret) }
    #expect(failure.reason == "certificate-required")
    await (try await node.signIn(secret, certificate: "keeper")).close()
    let authenticator = LedgerAuthenticator(node.node)
    let found = try await node.node.ledger.read { try $0.accountCertificates(of: "keeper") }
    let certificate = try #require(found.first)
    let caller = Caller(
      account: "keeper", role: .securityAdministrator, division: "440306", session: session.name,
      passwordSet: clock.now(), certificate: certificate.fingerprint)
    #expect(await authenticator.mayStay(caller, isActive: false))
    let now = clock.now()
    try await node.node.ledger.commit {
      _ = try $0.revokeAccountCertificate(certificate.fingerprint, at: now)
    }
    #expect(await !authenticator.mayStay(caller, isActive: false))
    let revoked = try await refusal { try await node.signIn(secret, certificate: "keeper") }
    #expect(revoked.reason == "certificate-required")
    try await node.kill()
  }

  @Test("A certificate that is revoked ends within a second what it has opened, asked for or not")
  func revoked() async throws {
    let node = try await start()
    node.watchRights()
    try await node.certify("operator")
    let connection = try await node.signIn(as: "operator", certificate: "operator")
    let found = try await node.node.ledger.read { try $0.accountCertificates(of: "operator") }
    let fingerprint = try #require(found.first?.fingerprint)
    let now = clock.now()
    try await node.node.ledger.commit {
      _ = try $0.revokeAccountCertificate(fingerprint, at: now)
    }
    await connection.waitUntilClosed()
    await #expect(throws: CallFailure.self) {
      try await connection.call(Account.whoAmI, WhoAmIRequest())
    }
    try await node.kill()
  }

  @Test("A new certificate takes the place of the one before when it is first used")
  func renewed() async throws {
    let node = try await start()
    clock.advance(minutes: 1)
    await (try await node.signIn(as: "keeper", certificate: "keeper")).close()
    try await node.certify("keeper")
    let found = try await node.node.ledger.read { try $0.accountCertificates(of: "keeper") }
    #expect(found.map(\.revoked) == [0, 0])
    await (try await node.signIn(as: "keeper", certificate: "keeper")).close()
    let after = try await node.node.ledger.read { try $0.accountCertificates(of: "keeper") }
    #expect(after.map { $0.revoked == 0 } == [true, false])
    try await node.kill()
  }

  @Test("An account under attack takes its owner with the certificate, from wherever (AUTH-2)")
  func underAttack() async throws {
    let node = try await start()
    let authenticator = LedgerAuthenticator(node.node)
    for number in 1...60 {
      await authenticator.refused("keeper", peer: SignInPeer(address: "10.8.0.\(number)"))
    }
    let stranger = SignInPeer(address: "10.9.9.9")
    #expect(await authenticator.credential(of: "keeper", peer: stranger) == nil)
    await (try await node.signIn(as: "keeper", certificate: "keeper")).close()
    // Who has stolen the certificate does not guess the password at leisure either.
    let thief = SignInPeer(
      certificate: try PeerIdentity(certificateFile: folder.file("keeper.pem")),
      address: "10.7.7.7")
    for _ in 1...5 { await authenticator.refused("keeper", peer: thief) }
    #expect(await authenticator.credential(of: "keeper", peer: thief) == nil)
    try await node.kill()
  }

  @Test("Which roles need one is the site's to say")
  func policy() async throws {
    let node = try await start(AccessPolicy(certificateRoles: [.countyOperator]))
    let failure = try await refusal { try await node.signIn() }
    #expect(failure.reason == "certificate-required")
    await (try await node.signIn(as: "judge")).close()
    try await node.kill()
  }
}

@Suite("AUTH-2: how many sessions, and for how long, is the site's to say", .timeLimit(.minutes(2)))
struct SessionLimitTests {
  private let folder: TemporaryFolder
  private let clock = TestClock()

  init() throws { folder = try TemporaryFolder() }

  private func start(_ limits: SessionLimits) async throws -> TestNode {
    let certificates = try TestCertificates.create(in: folder.path, for: ["440306"])
    var setup = TestNode.Setup(.county, "440306", certificates: certificates, now: clock.now)
    setup.access = AccessPolicy(certificateRoles: [], sessions: limits)
    return try await TestNode(setup)
  }

  private func open(at node: TestNode) async throws -> SignIn {
    let connection = try await node.signIn()
    let session = try await connection.call(Account.openSession, OpenSessionRequest())
    await connection.close()
    return SignIn(name: session.name, password: session.secret)
  }

  private func reason(_ signIn: SignIn, at node: TestNode) async throws -> String? {
    do {
      await (try await node.signIn(signIn)).close()
      return nil
    } catch let failure as CallFailure {
      return failure.reason
    }
  }

  @Test("One session more ends the oldest, and its program is told why")
  func displaced() async throws {
    let node = try await start(
      SessionLimits(sessionsOfAccount: 2, idleSeconds: 1_800, longestSeconds: 3_600))
    var sessions: [SignIn] = []
    for _ in 1...3 {
      sessions.append(try await open(at: node))
      clock.advance(minutes: 1)
    }
    #expect(try await reason(sessions[0], at: node) == "session-displaced")
    #expect(try await reason(sessions[1], at: node) == nil)
    #expect(try await reason(sessions[2], at: node) == nil)
    // Whoever does not know its secret is told nothing.
    let guessed = SignIn(name: sessions[0].name, password: "guessed")
    #expect(try await reason(guessed, at: node) == "authentication-failed")
    try await node.kill()
  }

  @Test("A session that was left alone ends at the site's time, one in use at its longest life")
  func ends() async throws {
    let node = try await start(
      SessionLimits(sessionsOfAccount: 9, idleSeconds: 600, longestSeconds: 3_600))
    let (used, alone) = (try await open(at: node), try await open(at: node))
    for _ in 1...6 {
      clock.advance(minutes: 9)
      #expect(try await reason(used, at: node) == nil)
    }
    #expect(try await reason(alone, at: node) == "session-idle")
    clock.advance(minutes: 6)
    #expect(try await reason(used, at: node) == "authentication-failed")
    try await node.kill()
  }
}

import Credentials
import Exchange
import ExchangeProtos
import Ledger
import RPC
import TestSupport
import TestTLS
import Testing
import Wire

@Suite("Accounts of a running node", .timeLimit(.minutes(30)))
struct AccountTests {
  @Test("Failed sign-ins of the day before yesterday no longer count")
  func oldFailures() async throws {
    let network = try await TestNetwork.start()
    let node = try network[TestNetwork.residence].node
    let authenticator = LedgerAuthenticator(node)
    func failures() async throws -> Int {
      try await node.ledger.read { try $0.account("operator")?.failures ?? 0 }
    }
    for count in 1...4 {
      await authenticator.refused("operator", peer: SignInPeer())
      #expect(try await failures() == count)
    }
    try network.clock.set("2009-06-19")
    await authenticator.refused("operator", peer: SignInPeer())
    #expect(try await failures() == 1)
    #expect(await authenticator.credential(of: "operator", peer: SignInPeer()) != nil)
    for _ in 2...5 { await authenticator.refused("operator", peer: SignInPeer()) }
    #expect(await authenticator.credential(of: "operator", peer: SignInPeer()) == nil)
    try await network.stop()
  }

  @Test("Who guesses locks out himself, and never the address that the owner came from (AUTH-2)")
  func guesses() async throws {
    let network = try await TestNetwork.start()
    let office = network[TestNetwork.residence]
    let authenticator = LedgerAuthenticator(try office.node)
    let owner = SignInPeer(address: "10.1.0.7")
    func isOpen(_ address: String) async -> Bool {
      await authenticator.credential(of: "operator", peer: SignInPeer(address: address)) != nil
    }
    let verifier = try #require(
      await authenticator.credential(of: "operator", peer: owner)?.current)
    _ = try await authenticator.signedIn("operator", proven: verifier, peer: owner)
    for _ in 1...9 {
      await authenticator.refused("operator", peer: SignInPeer(address: "10.9.9.9"))
    }
    #expect(await !isOpen("10.9.9.9"))
    #expect(await isOpen("10.1.0.7"))
    #expect(await isOpen("10.1.0.8"))
    // From many addresses at once: whoever is new there waits, the owner does not.
    for number in 1...60 {
      await authenticator.refused("operator", peer: SignInPeer(address: "10.8.0.\(number)"))
    }
    #expect(await !isOpen("10.1.0.8"))
    #expect(await isOpen("10.1.0.7"))
    let traces = try await office.node.ledger.read { try $0.traces(limit: 500) }.map(\.entry)
    let told = traces.filter { $0.actor.account == "operator" }.map(\.purpose)
    #expect(told.contains("10.1.0.7") && told.contains("failure 5 from 10.9.9.9, locked there"))
    #expect(told.last == "failure 50 from 10.8.0.45, locked")
    _ = try await authenticator.signedIn("operator", proven: verifier, peer: owner)
    #expect(await isOpen("10.1.0.8"))
    try await network.stop()
  }

  @Test("A sign-in and its refusals are in the log, and a locked account lets nobody fill it")
  func traced() async throws {
    let network = try await TestNetwork.start()
    let office = network[TestNetwork.residence]
    let node = try office.node
    let authenticator = LedgerAuthenticator(node)
    func traces() async throws -> [TraceEntry] {
      try await node.ledger.read { try $0.traces(limit: 500) }.map(\.entry).filter {
        $0.actor.account == "operator"
      }
    }
    let before = try await traces().count
    let verifier = try #require(
      await authenticator.credential(of: "operator", peer: SignInPeer())?.current)
    _ = try await authenticator.signedIn("operator", proven: verifier, peer: SignInPeer())
    for _ in 1...50 {
      await authenticator.refused("operator", peer: SignInPeer())
      await authenticator.refused("nobody", peer: SignInPeer())
    }
    let found = try await traces().dropFirst(before)
    #expect(
      found.map(\.action) == ["sign-in"] + [String](repeating: "sign-in-refused", count: 5))
    #expect(
      found.map(\.purpose)
        == [""] + (1...4).map { "failure \($0)" } + ["failure 5, locked there"])
    #expect(Set(found.map(\.actor.division)) == [office.division])
    // What counts against nobody: told at once, then together, without a name.
    try network.clock.set("2009-06-17", hour: 20)
    await authenticator.refused("nobody", peer: SignInPeer())
    let all = try await node.ledger.read { try $0.traces(limit: 500) }.map(\.entry)
    #expect(!all.contains { "\($0)".contains("nobody") })
    #expect(
      all.filter { $0.actor.account.isEmpty }.map(\.purpose)
        == ["locked or unknown: 1", "locked or unknown: 95"])
    try await network.stop()
  }

  /// Sets the operator's password as `xiecha-admin password set` does.
  private func replacePassword(
    of office: Office, previousUntil: Int64 = 0
  ) async throws -> ScramVerifier {
    let verifier = ScramVerifier(password: "another password", iterations: 4096)
    let now = office.network.clock.now()
    try await office.node.ledger.commit { ledger in
      try ledger.changePassword(
        of: "operator", to: verifier.text, at: now, previousUntil: previousUntil,
        by: LedgerActor(account: "admin", role: "administrator", division: office.division))
      try ledger.revokeSessions(of: "operator", at: now)
    }
    return verifier
  }

  @Test("S8.1: a password that was replaced opens nothing more, on no connection of its own either")
  func replaced() async throws {
    let network = try await TestNetwork.start()
    let office = network[TestNetwork.residence]
    let connection = try await office.signIn()
    _ = try await connection.call(Account.openSession, OpenSessionRequest())
    try network.clock.set("2009-06-17", hour: 11)
    _ = try await replacePassword(of: office)
    let refused = await #expect(throws: CallFailure.self) {
      _ = try await connection.call(Account.openSession, OpenSessionRequest())
    }
    #expect(refused?.reason == "signed-out")
    await connection.close()
    try await network.stop()
  }

  @Test("S8.1: who proved the old password while it was being replaced is not signed in")
  func replacedMeanwhile() async throws {
    let network = try await TestNetwork.start()
    let office = network[TestNetwork.residence]
    let authenticator = LedgerAuthenticator(try office.node)
    let credential = await authenticator.credential(of: "operator", peer: SignInPeer())
    let old = try #require(credential?.current)
    let new = try await replacePassword(of: office)
    await #expect(throws: CallFailure.self) {
      try await authenticator.signedIn("operator", proven: old, peer: SignInPeer())
    }
    let caller = try await authenticator.signedIn("operator", proven: new, peer: SignInPeer())
    #expect(await authenticator.mayStay(caller, isActive: false))
    try await network.stop()
  }

  @Test("Who signs in with the old password during an overlap is out when it is over")
  func overlap() async throws {
    let network = try await TestNetwork.start()
    let office = network[TestNetwork.residence]
    let authenticator = LedgerAuthenticator(try office.node)
    let old = try #require(
      await authenticator.credential(of: "operator", peer: SignInPeer())?.current)
    let end = network.clock.now() + 3_600_000
    let new = try await replacePassword(of: office, previousUntil: end)
    let late = try await authenticator.signedIn("operator", proven: old, peer: SignInPeer())
    let early = try await authenticator.signedIn("operator", proven: new, peer: SignInPeer())
    #expect(await authenticator.mayStay(late, isActive: false))
    try network.clock.set("2009-06-17", hour: 12)
    #expect(await !authenticator.mayStay(late, isActive: false))
    #expect(await authenticator.mayStay(early, isActive: false))
    try await network.stop()
  }

  @Test("AUTH-2: a session that was left alone for half an hour is over, one that is in use is not")
  func idle() async throws {
    let network = try await TestNetwork.start()
    let office = network[TestNetwork.residence]
    let authenticator = LedgerAuthenticator(try office.node)
    let connection = try await office.signIn()
    let session = try await connection.call(Account.openSession, OpenSessionRequest())
    await connection.close()
    let proven = try #require(
      await authenticator.credential(of: session.name, peer: SignInPeer())?.current)
    let caller = try await authenticator.signedIn(session.name, proven: proven, peer: SignInPeer())
    for _ in 1...3 {
      network.clock.advance(minutes: 29)
      #expect(await authenticator.mayStay(caller, isActive: true))
    }
    // A connection that only stays open is no use.
    network.clock.advance(minutes: 29)
    #expect(await authenticator.mayStay(caller, isActive: false))
    network.clock.advance(minutes: 1)
    #expect(await !authenticator.mayStay(caller, isActive: true))
    // Who knows its secret is told that, and let in no more.
    let failure = await #expect(throws: CallFailure.self) {
      try await authenticator.signedIn(session.name, proven: proven, peer: SignInPeer())
    }
    #expect(failure?.reason == FailureReason.sessionIdle.rawValue)
    try await network.stop()
  }

  @Test("A session that a session opens ends with it")
  func sessionOfSession() async throws {
    let network = try await TestNetwork.start()
    let office = network[TestNetwork.residence]
    let connection = try await office.signIn()
    let first = try await connection.call(Account.openSession, OpenSessionRequest())
    await connection.close()
    network.clock.advance(minutes: 20)
    let endpoint = try #require(office.endpoint)
    let again = try await RPCConnection.connect(
      to: endpoint, signIn: SignIn(name: first.name, password: first.secret),
      options: RPCConnection.Options(
        tls: try network.certificates.client(), expectedDivision: office.division),
      group: Office.group)
    let second = try await again.call(Account.openSession, OpenSessionRequest())
    #expect(second.expires == first.expires)
    await again.close()
    try await network.stop()
  }

  @Test("A person who opens session after session keeps the newest, and no more than the limit")
  func sessions() async throws {
    let network = try await TestNetwork.start()
    let office = network[TestNetwork.residence]
    let connection = try await office.signIn()
    var names: [String] = []
    for _ in 0..<SessionLimits.standard.sessionsOfAccount + 3 {
      names.append(try await connection.call(Account.openSession, OpenSessionRequest()).name)
    }
    await connection.close()
    let opened = names
    let kept = try await office.node.ledger.read { ledger in
      try opened.filter { try ledger.session($0)?.revoked == 0 }
    }
    #expect(kept.count == SessionLimits.standard.sessionsOfAccount)
    #expect(kept.contains(opened[opened.count - 1]))
    try await network.stop()
  }
}

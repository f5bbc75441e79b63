import Credentials
import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import NIOPosix
import RPC
import TestNodes
import TestSupport
import TestTLS
import Testing
import Wire

@Suite("S8.1: an operator changes their own password", .timeLimit(.minutes(30)))
struct ChangePasswordTests {
  private func request(_ password: String, iterations: Int = ScramVerifier.passwordIterations)
    -> ChangePasswordRequest
  {
    var request = ChangePasswordRequest()
    request.verifier = ScramVerifier(password: password, iterations: iterations).text
    return request
  }

  private func connect(
    to office: Office, as name: String, _ password: String
  ) async throws -> RPCConnection {
    let endpoint = try #require(office.endpoint)
    return try await RPCConnection.connect(
      to: endpoint, signIn: SignIn(name: name, password: password),
      options: RPCConnection.Options(
        tls: try office.network.certificates.client(), expectedDivision: office.division),
      group: Office.group)
  }

  @Test("the new one counts at once and alone, sessions end, and the office above hears of it")
  func changes() async throws {
    let network = try await TestNetwork.start()
    let office = network[TestNetwork.residence]
    let connection = try await office.signIn()
    let session = try await connection.call(Account.openSession, OpenSessionRequest())
    // A session is not who knows the password.
    let opened = try await connect(to: office, as: session.name, session.secret)
    let refused = await #expect(throws: CallFailure.self) {
      try await opened.call(Account.changePassword, request("Neue-Birke-0815"))
    }
    #expect(refused?.reason == "other-password")
    await opened.close()
    // A weak verifier would be guessed once the store is stolen.
    let weak = await #expect(throws: CallFailure.self) {
      try await connection.call(Account.changePassword, request("x", iterations: 4096))
    }
    #expect(weak?.field == "verifier")

    try network.clock.set("2009-06-17", hour: 11)
    _ = try await connection.call(Account.changePassword, request("Neue-Birke-0815"))
    await connection.close()
    for (name, password) in [("operator", Office.password), (session.name, session.secret)] {
      await #expect(throws: CallFailure.self) {
        try await connect(to: office, as: name, password).close()
      }
    }
    let again = try await connect(to: office, as: "operator", "Neue-Birke-0815")
    let who = try await again.call(Account.whoAmI, WhoAmIRequest())
    #expect(who.previousSignIn == TestClock.start)
    #expect(who.previousAddress == "127.0.0.1")
    await again.close()
    try await network.until(TestNetwork.province) { ledger in
      try ledger.passwordChanges().map(\.by) == ["operator"]
    }
    let traces = try await office.node.ledger.read { try $0.traces(limit: 500).map(\.entry) }
    #expect(traces.filter { $0.action == "password-set" }.map(\.purpose) == ["operator"])
    try await network.stop()
  }

  @Test("AUTH-1: a password that is older than ninety days opens nothing but its change")
  func expired() async throws {
    let network = try await TestNetwork.start()
    let office = network[TestNetwork.residence]
    // Set on 17 June: its last day is 15 September.
    try network.clock.set("2009-08-31")
    let early = try await office.signIn()
    #expect(try await early.call(Account.whoAmI, WhoAmIRequest()).notices.isEmpty)
    await early.close()
    try network.clock.set("2009-09-15")
    let warned = try await office.signIn()
    let notices = try await warned.call(Account.whoAmI, WhoAmIRequest()).notices
    #expect(notices.map(\.reason) == ["password-expired"])
    #expect(notices.first?.text.contains("1天") == true)
    _ = try await warned.call(Account.openSession, OpenSessionRequest())
    await warned.close()
    try network.clock.set("2009-09-15", hour: 11)
    let late = try await office.signIn()
    let refused = await #expect(throws: CallFailure.self) {
      try await late.call(Account.openSession, OpenSessionRequest())
    }
    #expect(refused?.reason == "password-expired")
    #expect(refused?.text.contains("请先更改密码") == true)
    _ = try await late.call(Account.changePassword, request("Neue-Birke-0815"))
    await late.close()
    let again = try await connect(to: office, as: "operator", "Neue-Birke-0815")
    _ = try await again.call(Account.openSession, OpenSessionRequest())
    #expect(try await again.call(Account.whoAmI, WhoAmIRequest()).notices.isEmpty)
    await again.close()
    try await network.stop()
  }
}

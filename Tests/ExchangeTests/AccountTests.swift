import Credentials
import Exchange
import ExchangeProtos
import Ledger
import RPC
import Testing
import Wire

@Suite("Accounts of a running node", .timeLimit(.minutes(1)))
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
      await authenticator.refused("operator", peer: nil)
      #expect(try await failures() == count)
    }
    try network.clock.set("2009-06-19")
    await authenticator.refused("operator", peer: nil)
    #expect(try await failures() == 1)
    #expect(await authenticator.credential(of: "operator", peer: nil) != nil)
    for _ in 2...5 { await authenticator.refused("operator", peer: nil) }
    #expect(await authenticator.credential(of: "operator", peer: nil) == nil)
    try await network.stop()
  }

  @Test("A person who opens session after session keeps the newest, and no more than the limit")
  func sessions() async throws {
    let network = try await TestNetwork.start()
    let office = network[TestNetwork.residence]
    let connection = try await office.signIn()
    var names: [String] = []
    for _ in 0..<LedgerLimits.sessionsOfAccount + 3 {
      names.append(try await connection.call(Account.openSession, OpenSessionRequest()).name)
    }
    await connection.close()
    let opened = names
    let kept = try await office.node.ledger.read { ledger in
      try opened.filter { try ledger.session($0) != nil }
    }
    #expect(kept.count == LedgerLimits.sessionsOfAccount)
    #expect(kept.contains(opened[opened.count - 1]))
    try await network.stop()
  }
}

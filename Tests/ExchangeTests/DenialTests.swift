import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import TestSupport
import Testing
import Wire

@Suite("Who is refused, and what leaves the node, leaves a trace (G2)", .timeLimit(.minutes(30)))
struct DenialTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)

  private func traces(
    _ action: String, at division: String, in network: TestNetwork
  ) async throws -> [TraceEntry] {
    try await network[division].node.ledger.read { try $0.traces() }.map(\.entry)
      .filter { $0.action == action }
  }

  @Test("A call that the role may not make leaves one trace in a minute, then how many there were")
  func role() async throws {
    let network = try await TestNetwork.start()
    let province = network[TestNetwork.province]
    for _ in 0..<3 {
      await #expect(throws: CallFailure.self) {
        _ = try await province.call(Items.enter, EnterRequest(), as: "operator")
      }
    }
    try await network.until(TestNetwork.province) {
      try $0.traces().contains { $0.entry.action == "denied" }
    }
    try network.clock.set("2009-06-17", hour: 11)
    await #expect(throws: CallFailure.self) {
      _ = try await province.call(Items.enter, EnterRequest(), as: "operator")
    }
    try await network.until(TestNetwork.province) {
      try $0.traces().count { $0.entry.action == "denied" } == 2
    }
    let found = try await traces("denied", at: TestNetwork.province, in: network)
    #expect(
      found.map(\.purpose) == [
        "xiecha.v1.Items/Enter wrong-role", "xiecha.v1.Items/Enter wrong-role 3",
      ])
    #expect(Set(found.map(\.actor.account)) == ["operator"])
    try await network.stop()
  }

  @Test("Whoever looks for another division's item is told of none, and leaves a trace")
  func division() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let asked = network[Self.asked]
    try await asked.node.ledger.commit { ledger in
      try ledger.create(
        StoredAccount(
          name: "town", role: "townshipOperator", division: TestNetwork.householdTowns[0],
          verifier: Office.verifier, created: TestClock.start))
    }
    var request = FollowRequest()
    (request.id, request.purpose) = (id.bytes, "核对")
    let question = request
    let failure = await #expect(throws: CallFailure.self) {
      _ = try await asked.call(Items.follow, question, as: "town")
    }
    #expect(failure?.reason == "unknown-item")
    try await network.until(Self.asked) { try $0.traces().contains { $0.entry.item == id } }
    let found = try await traces("denied", at: Self.asked, in: network)
    #expect(found.map(\.purpose) == ["item wrong-division"])
    #expect(found.map(\.actor.account) == ["town"])
    try await network.stop()
  }

  @Test("Figures that are shown leave a trace, though they name nobody")
  func figures() async throws {
    let network = try await TestNetwork.start()
    var request = FiguresRequest()
    request.cycle = "2009-06"
    _ = try await network[Self.asking].stream(Figures.show, request)
    let found = try await traces("figures-shown", at: Self.asking, in: network)
    #expect(found.map(\.purpose) == ["\(Self.asking) 2009-06"])
    try await network.stop()
  }
}

import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import TestSupport
import Testing
import Wire

@Suite("Figures at the nodes of a network (S5, S6, S9)", .timeLimit(.minutes(30)))
struct FigureServiceTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)
  private static let town = TestNetwork.householdTowns[0]

  private func request(_ of: String, by level: DivisionLevel? = nil) -> FiguresRequest {
    var request = FiguresRequest()
    request.cycle = "2009-06"
    request.of = of
    request.by = level
    return request
  }

  private func itemsRequest(_ of: String) -> FigureItemsRequest {
    var request = FigureItemsRequest()
    request.cycle = "2009-06"
    request.of = of
    return request
  }

  @Test("The county and the province have the same figures, each from its own store, step by step")
  func sameEverywhere() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].assign(id)
    try await network.until(id, is: .assigned, at: Self.town)
    try await network[Self.town].search(id, .womenRegister, found: true)
    try await network[Self.town].answer(id, .found)
    for division in [TestNetwork.province, Self.asking, Self.asked] {
      try await network.until(id, is: .answered, at: division)
    }
    for (division, level) in [
      (Self.asked, nil), (Self.asked, .township), (Self.asked, .village), (Self.town, nil),
    ] as [(String, DivisionLevel?)] {
      let own = try await network[Self.asked].stream(Figures.show, request(division, by: level))
      let above = try await network[TestNetwork.province].stream(
        Figures.show, request(division, by: level))
      // The county knows of townships with nothing to count, which the province does not.
      #expect(own.filter { $0.asked > 0 } == above)
      #expect(own.contains { $0.asked == 1 && $0.inTime == 1 && $0.substantiated == 1 })
    }
    let asking = try await network[Self.asking].stream(Figures.show, request(""))
    #expect(asking.map(\.submitted) == [1])
    let township = try await network[Self.asking].stream(
      Figures.show, request(Self.asking, by: .township))
    #expect(
      township.map(\.division) == TestNetwork.residenceTowns,
      "also one that has submitted nothing is shown (S6.2)")
    #expect(township.map(\.submitted) == [1, 0])
    try await network.stop()
  }

  @Test(
    "Whoever looks at the items behind figures leaves a trace; what they show is no person (G2)")
  func items() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let items = try await network[TestNetwork.province].stream(
      Figures.items, itemsRequest(TestNetwork.province))
    #expect(items.map(\.id) == [id.bytes])
    #expect(items.first?.askedPlace == Self.town + "201")
    #expect(items.first?.askingPlace == TestNetwork.residenceTowns[0])
    let traces = try await network[TestNetwork.province].node.ledger.read {
      try $0.traces(limit: 10).map(\.entry).filter { $0.action == "figures" }
    }
    #expect(traces.map(\.purpose) == ["440000 2009-06"])
    try await network.stop()
  }

  @Test("A caller sees the figures of its own division and of those below it, and no others")
  func scope() async throws {
    let network = try await TestNetwork.start()
    _ = try await network.deliver(Cases.assistRequest())
    for (caller, division) in [
      (Self.asked, Self.asking), (Self.asked, TestNetwork.province), (Self.town, Self.asked),
      (TestNetwork.province, "510000"),
    ] {
      let failure = await #expect(throws: CallFailure.self) {
        _ = try await network[caller].stream(Figures.show, request(division))
      }
      #expect(failure?.reason == "wrong-division")
      #expect(failure?.field == "of")
      let items = await #expect(throws: CallFailure.self) {
        _ = try await network[caller].stream(Figures.items, itemsRequest(division))
      }
      #expect(items?.reason == "wrong-division")
    }
    try await network.stop()
  }

  @Test("A closed cycle is frozen; what comes later and was done before is a new version beside it")
  func frozen() async throws {
    let network = try await TestNetwork.start()
    let first = try await network.deliver(Cases.assistRequest())
    // The county works on while its cable is out.
    try await network.isolate(Self.asked)
    try await network[Self.asked].receiveAll()
    try network.clock.set("2009-06-27")
    let open = await #expect(throws: CallFailure.self) {
      _ = try await network[TestNetwork.province].stream(Figures.versions, request(Self.asked))
    }
    #expect(open?.field == "cycle")
    try network.clock.set("2009-06-28")
    let province = try network[TestNetwork.province].node
    #expect(try await province.freezeClosedCycles() == 2)
    #expect(try await province.freezeClosedCycles() == 0)
    network.mend(Self.asked)
    try await network.until(first, is: .received, at: TestNetwork.province)
    let versions = try await network[TestNetwork.province].stream(
      Figures.versions, request(Self.asked))
    #expect(versions.map(\.version) == [1, 2])
    #expect(versions.map { $0.figures?.receivedInCycle } == [0, 1])
    #expect(versions.allSatisfy { $0.figures?.asOf == 2009_06_27 && $0.rules == "2026-1" })
    // The county, which had it all along, has one version, of the same items.
    let own = try await network[Self.asked].stream(Figures.versions, request(Self.asked))
    #expect(own.map(\.digest) == [versions.last?.digest ?? []])
    let again = try await network[TestNetwork.province].stream(
      Figures.versions, request(Self.asked))
    #expect(again == versions)
    try await network.stop()
  }
}

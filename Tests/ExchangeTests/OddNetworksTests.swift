import Exchange
import ExchangeProtos
import ExchangeRules
import Foundation
import Ledger
import ReferenceData
import TestSupport
import Testing

@Suite("Networks that are not as neat as the plan", .timeLimit(.minutes(30)))
struct OddNetworksTests {
  /// From entry to answer, over all nodes; nothing may be set aside anywhere.
  private func takeThrough(_ network: TestNetwork) async throws -> LedgerID {
    let id = try await network.deliver(Cases.assistRequest())
    let (asked, town) = (TestNetwork.household, TestNetwork.householdTowns[0])
    try await network[asked].receiveAll()
    try await network[asked].assign(id)
    try await network.until(id, is: .assigned, at: town)
    try await network[town].search(id, .womenRegister, found: true)
    try await network[town].answer(id, .found)
    try await network.until(id, is: .answered, at: TestNetwork.residenceTowns[0])
    for office in network.all {
      #expect(try await office.node.ledger.read { try $0.quarantinedCount() } == 0)
    }
    return id
  }

  @Test(
    "Clocks that differ by minutes lose nothing: each node tells in the order in which it was told",
    arguments: [
      [TestNetwork.province: -120_000], [TestNetwork.residence: -120_000],
      [TestNetwork.residenceTowns[0]: 120_000], [TestNetwork.household: -300_000],
      [TestNetwork.householdTowns[0]: -300_000, TestNetwork.province: 60_000],
    ] as [[String: Int64]])
  func clocks(skews: [String: Int64]) async throws {
    let network = try await TestNetwork.start(skews: skews)
    let id = try await takeThrough(network)
    let told = try await network[TestNetwork.residenceTowns[0]].node.ledger.read {
      try $0.events(of: id).map(\.kind)
    }
    #expect(
      told == [
        .entered, .submitted, .relayed, .delivered, .received, .assigned, .searched, .answered,
      ])
    try await network.stop()
  }

  @Test("S2.3: over two provinces and back, each relaying once")
  func twoProvinces() async throws {
    let network = try await TestNetwork.start()
    let (province, county) = ("350000", "350102")
    try await network.join(province, as: .province)
    try await network.join(county, above: province)
    var item = Cases.assistRequest()
    item.to = county
    item.subject?.household?.code = "350102001001"
    let id = try await network.deliver(item)
    try await network[county].receiveAll()
    try await network[county].search(id, .womenRegister, found: true)
    try await network[county].answer(id, .found)
    try await network.until(id, is: .answered, at: item.enteredAt)
    for office in network.all {
      let (aside, relays) = try await office.node.ledger.read { ledger in
        (
          try ledger.quarantinedCount(),
          try ledger.events(of: id).filter { $0.kind == .relayed }.map(\.actor.division)
        )
      }
      #expect(aside == 0)
      let knows = office.division != TestNetwork.residenceTowns[1] && !relays.isEmpty
      if knows { #expect(relays == [TestNetwork.province, province]) }
    }
    try await network.stop()
  }

  @Test("S2.3: a county of the other province that comes later gets what waits for it")
  func lateCountyOfOtherProvince() async throws {
    let network = try await TestNetwork.start()
    let (province, county) = ("350000", "350102")
    try await network.join(province, as: .province)
    var item = Cases.assistRequest()
    item.to = county
    item.subject?.household?.code = "350102001001"
    let id = try await network.send(item)
    try await network.until(id, is: .relayed, at: province)
    try await network.join(county, above: province)
    try await network.until(id, is: .delivered, at: county)
    try await network.until(id, is: .delivered, at: item.enteredAt)
    #expect(
      try await network.relays(of: id, at: item.enteredAt) == [TestNetwork.province, province])
    try await network.stop()
  }

  @Test(
    "S4.5: where next year's calendar is missing nobody is stopped, and the date follows when it comes"
  )
  func calendarMissing() async throws {
    let network = try await TestNetwork.start(profile: .fujian)
    try network.clock.set("2026-12-28")
    let id = try await network.deliver(Cases.assistRequest())
    let asked = network[TestNetwork.household]
    let received = try await asked.receiveAll()
    #expect(received.map { $0.refusal?.text } == [nil])
    let ledger = try asked.node.ledger
    let known = try await ledger.read { try $0.item(id)?.due }
    // The clock of calendar days (S4.1) holds meanwhile, and the other one is told of.
    #expect(known == 2027_01_27)
    let waiting = try await asked.follow(id).advice.filter { $0.reason == "calendar" }
    #expect(waiting.map(\.rule) == ["S4.3"])
    try await asked.search(id, .womenRegister, found: true)

    let outcome = try await CalendarImport(csv: TestCalendar.next, over: .national)
      .run(in: ledger, now: network.clock.now(), by: Office.administrator)
    #expect(outcome.moved.map(\.after.yyyymmdd) == [2027_01_04])
    let days = try await ledger.read { try $0.calendarDays() }
    try asked.node.use(try WorkingCalendar.national.withYears(of: days))
    #expect(try await asked.follow(id).advice.filter { $0.reason == "calendar" } == [])
    try await asked.answer(id, .found)
    try await network.until(id, is: .answered, at: TestNetwork.residenceTowns[0])
    try await network.stop()
  }

  @Test("A clock that is ahead stops nothing, and shows in the log of both sides")
  func clockAhead() async throws {
    let network = try await TestNetwork.start(skews: [TestNetwork.residence: 4 * 86_400_000])
    let id = try await network.deliver(Cases.assistRequest())
    try await network[TestNetwork.household].receiveAll()
    try await network.until(id, is: .received, at: TestNetwork.residence)
    for office in [TestNetwork.province, TestNetwork.residence] {
      #expect(try await network[office].node.ledger.read { try $0.quarantinedCount() } == 0)
    }
    let line = "a neighbour's clock differs from this node's; set the one that is wrong"
    // The province and two townships see it; the county that is ahead sees all three behind.
    #expect(network.lines.count(of: line, peer: TestNetwork.residence) == 3)
    #expect(network.lines.count(of: line, peer: TestNetwork.province) == 1)
    try await network.stop()
  }

  @Test("S10.2: a township gives its items to its villages, and nobody else's")
  func byVillage() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let (asked, town) = (TestNetwork.household, TestNetwork.householdTowns[0])
    try await network[asked].receiveAll()
    try await network[asked].assign(id)
    try await network.until(id, is: .assigned, at: town)
    try await network[town].assign(id, to: town + "201")
    try await network.until(asked) { try $0.item(id)?.assignedTo == town + "201" }
    try await network.until(TestNetwork.residence) { try $0.item(id)?.assignedTo == town + "201" }
    for other in [TestNetwork.householdTowns[1], asked, TestNetwork.residenceTowns[0]] {
      await #expect(throws: (any Error).self) { try await network[town].assign(id, to: other) }
    }
    try await network[town].search(id, .womenRegister, found: true)
    try await network[town].answer(id, .found)
    try await network.until(id, is: .answered, at: TestNetwork.residence)
    try await network.stop()
  }

  @Test("All of a step means the items whose turn it is here, not those the other side has")
  func ownTurn() async throws {
    let network = try await TestNetwork.start()
    _ = try await network.deliver(Cases.assistRequest())
    let (asking, asked) = (TestNetwork.residence, TestNetwork.household)
    try await network.until(asking) { try $0.countsByState(.all)[.delivered] == 1 }
    #expect(try await network[asking].receiveAll().isEmpty)
    #expect(try await network[asked].receiveAll().map(\.done) == [true])
    #expect(try await network[asked].closeAll().isEmpty)
    try await network.stop()
  }
}

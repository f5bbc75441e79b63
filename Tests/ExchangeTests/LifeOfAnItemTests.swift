import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import TestSupport
import Testing
import Wire

@Suite("An item's way from township to township and back", .timeLimit(.minutes(30)))
struct LifeOfAnItemTests {
  @Test("S2.1, S4.1, S6.4, S10.2: an assist request, answered, each step with time and actor")
  func assistRequest() async throws {
    let network = try await TestNetwork.start()
    let item = Cases.assistRequest(pregnant: true)
    let id = Cases.ledgerID(item)
    let (author, answering) = (TestNetwork.residenceTowns[0], TestNetwork.householdTowns[0])
    let (asking, asked) = (TestNetwork.residence, TestNetwork.household)

    try await network[author].enter(item)
    try await network.until(id, is: .entered, at: asking)
    try await network[asking].sendAll()
    try await network.until(id, is: .delivered, at: asked)
    try await network[asked].receiveAll()
    try await network[asked].assign(id)
    try await network.until(id, is: .assigned, at: answering)
    try await network[answering].search(id, .womenRegister, found: true)
    try await network[answering].answer(id, .found)
    for division in [asked, TestNetwork.province, asking, author] {
      try await network.until(id, is: .answered, at: division)
    }
    try await network[asking].closeAll()
    try await network.until(id, is: .closed, at: answering)

    let stored = try await network[asking].node.ledger.read { try $0.item(id) }
    #expect(stored?.urgency == .urgent)
    #expect(stored?.due == 2009_07_02)
    #expect(stored?.cycle == "2009-06")
    #expect(stored?.substantiated == true)
    let events = try await network[author].node.ledger.read { try $0.events(of: id) }
    #expect(
      Set(events.map(\.kind)) == [
        .entered, .submitted, .relayed, .delivered, .received, .assigned, .searched, .answered,
        .closed,
      ])
    #expect(
      events.first { $0.kind == .answered }?.actor
        == LedgerActor(account: "operator", role: "townshipOperator", division: answering))
    #expect(events.allSatisfy { $0.at > 0 })
    for office in network.all where office.division != TestNetwork.householdTowns[1] {
      let seen = try await office.node.ledger.read { try $0.events(of: id).count }
      #expect(seen == (office.division == TestNetwork.residenceTowns[1] ? 0 : 9))
    }
    try await network.stop()
  }

  @Test("S4.2: a birth needs feedback; an inflow is done when it is received")
  func notices() async throws {
    let network = try await TestNetwork.start()
    let (birth, inflow) = (Cases.notice(.birth, number: 1), Cases.notice(.inflow, number: 2))
    for item in [birth, inflow] { try await network[TestNetwork.residenceTowns[0]].enter(item) }
    for item in [birth, inflow] {
      try await network.until(Cases.ledgerID(item), is: .entered, at: TestNetwork.residence)
    }
    try await network[TestNetwork.residence].sendAll()
    for item in [birth, inflow] {
      try await network.until(Cases.ledgerID(item), is: .delivered, at: TestNetwork.household)
    }
    try await network[TestNetwork.household].receiveAll()
    let needs = try await network[TestNetwork.household].node.ledger.read { ledger in
      try [birth, inflow].map { try ledger.item(Cases.ledgerID($0))?.need }
    }
    #expect(needs == [.feedback, .nothing])
    let refused = await #expect(throws: CallFailure.self) {
      try await network[TestNetwork.household].answer(Cases.ledgerID(inflow), .found)
    }
    #expect(refused?.reason == "no-feedback-required")
    try await network.stop()
  }

  @Test("S6.3, S6.4: \"not found\" needs three searches in order, and a reason")
  func notFound() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let asked = network[TestNetwork.household]
    try await asked.receiveAll()

    let outOfOrder = await #expect(throws: CallFailure.self) {
      try await asked.search(id, .paperLedger, found: false)
    }
    #expect(outOfOrder?.reason == "out-of-order")
    for source in [SearchSource.womenRegister, .paperLedger] {
      try await asked.search(id, source, found: false)
    }
    let tooFew = await #expect(throws: CallFailure.self) {
      try await asked.answer(id, .notFound, remark: "查无此人，全村走访无人知晓")
    }
    #expect(tooFew?.text.contains("S6.4") == true)
    try await asked.search(id, .householdRegister, found: false)
    let noReason = await #expect(throws: CallFailure.self) {
      try await asked.answer(id, .notFound, remark: "  ")
    }
    #expect(noReason?.text.contains("S6.3") == true)
    try await asked.answer(id, .notFound, remark: "查无此人，全村走访无人知晓")
    try await network.until(id, is: .answered, at: TestNetwork.residenceTowns[0])
    try await network.stop()
  }

  @Test("S6.5: of an address that reaches no village, other sources are tried before \"not found\"")
  func vagueAddress() async throws {
    let network = try await TestNetwork.start()
    let (asking, asked) = (TestNetwork.household, TestNetwork.residence)
    var item = Cases.assistRequest(from: TestNetwork.householdTowns[0])
    (item.from, item.to) = (asking, asked)
    item.subject?.residence?.code = asked
    let id = try await network.deliver(item)
    try await network[asked].receiveAll()
    for source in [SearchSource.womenRegister, .paperLedger, .householdRegister] {
      try await network[asked].search(id, source, found: false)
    }
    let refused = await #expect(throws: CallFailure.self) {
      try await network[asked].answer(id, .notFound, remark: "查无此人，房东和网格员均不认识")
    }
    #expect(refused?.text.contains("S6.5") == true)
    try await network[asked].search(id, .health, found: false)
    try await network[asked].answer(id, .notFound, remark: "查无此人，房东和网格员均不认识")
    try await network.until(id, is: .answered, at: item.enteredAt)
    try await network.stop()
  }

  @Test("S4.3: under the Fujian profile, receipt starts a clock of five working days")
  func workingDays() async throws {
    let network = try await TestNetwork.start(profile: .fujian)
    try network.clock.set("2009-09-28")
    let id = try await network.deliver(Cases.assistRequest())
    try await network[TestNetwork.household].receiveAll()
    let due = try await network[TestNetwork.household].node.ledger.read { try $0.item(id)?.due }
    // The golden week of 2009, 1 to 8 October; 27 September and 10 October were worked.
    #expect(due == 2009_10_12)
    try await network.until(TestNetwork.residence) { try $0.item(id)?.due == 2009_10_12 }
    // Both sides can say why.
    for division in [TestNetwork.household, TestNetwork.residence] {
      let reply = try await network[division].follow(id)
      #expect(reply.dueMoves.map(\.reason) == ["received"])
      #expect(reply.dueMoves.last?.before == reply.submission?.due)
      #expect(reply.dueMoves.last?.after == reply.summary?.due)
      let deadlines = reply.dueMoves.last?.deadlines ?? []
      #expect(deadlines.contains { $0.due == 2009_10_12 && $0.unit == "workingDays" })
    }
    try await network.stop()
  }

  @Test("No node answers for the division yet: the item waits, and goes on when the node comes")
  func registeredLater() async throws {
    let network = try await TestNetwork.start()
    var item = Cases.assistRequest()
    item.to = "441802"
    item.subject?.household?.code = "441802001001"
    let id = try await network.send(item)
    try await network.until(id, is: .submitted, at: TestNetwork.province)
    try await network.join("441802")
    try await network.until(id, is: .delivered, at: "441802")
    try await network.until(id, is: .delivered, at: TestNetwork.residenceTowns[0])
    #expect(try await network.relays(of: id, at: item.enteredAt) == [TestNetwork.province])
    for office in network.all {
      #expect(try await office.node.ledger.read { try $0.quarantinedCount() } == 0)
    }
    try await network.stop()
  }

  @Test("S10.2: given to another township, the item leaves the first one's list")
  func reassigned() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let asked = network[TestNetwork.household]
    let (first, second) = (TestNetwork.householdTowns[0], TestNetwork.householdTowns[1])
    try await asked.receiveAll()
    try await asked.assign(id)
    try await network.until(first) { try $0.item(id)?.inbound == true }
    try await asked.assign(id, to: second)
    try await network.until(second) { try $0.item(id)?.inbound == true }
    try await network.until(first) { try $0.item(id)?.inbound == false }
    let late = await #expect(throws: CallFailure.self) {
      try await network[first].search(id, .womenRegister, found: true)
    }
    #expect(late?.reason == "unknown-item")
    try await network[second].search(id, .womenRegister, found: true)
    try await network.until(TestNetwork.household) {
      try $0.events(of: id).contains { $0.kind == .searched }
    }
    try await network.stop()
  }

  @Test("S10.2: an item can be given on again and again, but not without end")
  func withoutEnd() async throws {
    let network = try await TestNetwork.start()
    let asked = network[TestNetwork.household]
    let id = try await network.deliver(Cases.assistRequest())
    try await asked.receiveAll()
    var given = 0
    let refused = await #expect(throws: CallFailure.self) {
      while given < LedgerLimits.eventsOfItem {
        try await asked.assign(id, to: TestNetwork.householdTowns[given % 2])
        given += 1
      }
    }
    #expect(refused?.reason == FailureReason.tooManyEvents.rawValue)
    let events = try await asked.node.ledger.read { try $0.events(of: id).count }
    #expect(events == LedgerLimits.eventsOfItem)
    // Its life goes on.
    try await asked.answer(id, .found)
    try await network.until(id, is: .answered, at: TestNetwork.residence)
    try await network.stop()
  }
}

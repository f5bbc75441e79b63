import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import TestSupport
import Testing
import Wire

@Suite("What was wrong is taken back, seen by everybody who had it", .timeLimit(.minutes(30)))
struct TakingBackTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)
  private static let author = TestNetwork.residenceTowns[0]
  private static let town = TestNetwork.householdTowns[0]

  /// The figures of an office at the province: asked, in time, submitted.
  private func figures(_ network: TestNetwork, of division: String) async throws -> [UInt32] {
    var request = FiguresRequest()
    request.cycle = "2009-06"
    request.of = division
    let figures = try await network[TestNetwork.province].stream(Figures.show, request).first
    return figures.map { [$0.asked, $0.inTime, $0.submitted].map { UInt32(clamping: $0) } } ?? []
  }

  /// Until these nodes have the item in a state.
  private func everywhere(
    _ network: TestNetwork, _ id: LedgerID, is state: ItemState, at divisions: [String]
  ) async throws {
    for division in divisions { try await network.until(id, is: state, at: division) }
  }

  @Test("An answer: the item is open again everywhere, due as before, and what it brought is gone")
  func answer() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].assign(id)
    try await network.until(id, is: .assigned, at: Self.town)
    try await network[Self.town].search(id, .womenRegister, found: true)
    let record = try #require(Cases.notice(.birth, number: 9).record)
    let due = try await network[Self.town].node.ledger.read { try $0.item(id)?.due }
    try await network[Self.town].answer(id, .found, record: record)
    let all = [Self.town, Self.asked, TestNetwork.province, Self.asking, Self.author]
    try await everywhere(network, id, is: .answered, at: all)
    #expect(try await figures(network, of: Self.asked) == [1, 1, 0])

    // Another office's is not one's own.
    let others = await #expect(throws: CallFailure.self) {
      try await network[Self.asked].takeBack(id, .answered)
    }
    #expect(others?.reason == "wrong-division")
    let silent = await #expect(throws: CallFailure.self) {
      try await network[Self.town].takeBack(id, .answered, reason: " ")
    }
    #expect(silent?.field == "reason")
    #expect(try await network[Self.town].takeBack(id, .answered) == .assigned)
    try await everywhere(network, id, is: .assigned, at: all)
    #expect(try await figures(network, of: Self.asked) == [1, 0, 0])
    for division in [Self.town, Self.asked, Self.asking] {
      let item = try await network[division].node.ledger.read { try $0.item(id) }
      #expect(item?.due == due)
      #expect(item?.finding == nil && item?.times.answered == 0)
      let births = try await network[division].node.ledger.read {
        try $0.records(
          of: Cases.number, category: Category.birth.rawValue, includingWithdrawn: true)
      }
      #expect(births.map(\.isWithdrawn) == [true], "\(division)")
      let reply = try await network[division].follow(id)
      #expect(reply.remarks.map(\.reason) == ["taken-back"])
      let taking = reply.events.compactMap { event -> String? in
        guard case .takenBack(let taking)? = event.detail else { return nil }
        return taking.reason
      }
      #expect(taking == ["误录"])
    }
    let again = await #expect(throws: CallFailure.self) {
      try await network[Self.town].takeBack(id, .answered)
    }
    #expect(again?.reason == "nothing-to-take-back")
    try await network[Self.town].answer(id, .found)
    try await everywhere(network, id, is: .answered, at: all)
    try await network[Self.asking].closeAll()
    try await everywhere(network, id, is: .closed, at: all)
    try await network.stop()
  }

  @Test("S2.1: what was sent is not withdrawn by a township that was cut off, and it is told")
  func sentMeanwhile() async throws {
    let network = try await TestNetwork.start()
    try await network[Self.author].enter(Cases.assistRequest())
    let id = Cases.ledgerID(Cases.assistRequest())
    try await network.until(id, is: .entered, at: Self.asking)
    try await network.isolate(Self.author)
    try await network[Self.asking].sendAll()
    try await network.until(id, is: .delivered, at: Self.asked)
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].search(id, .womenRegister, found: true)
    try await network.until(id, is: .received, at: Self.asking)
    #expect(try await network[Self.author].takeBack(id, .entered) == .withdrawn)
    network.mend(Self.author)
    try await network.until(id, is: .received, at: Self.author)
    for division in [Self.author, Self.asking, Self.asked, TestNetwork.province] {
      try await network.until(division) { ledger in
        try ledger.events(of: id).contains { $0.kind == .takenBack }
      }
      #expect(try await network[division].node.ledger.read { try $0.item(id)?.state } == .received)
    }
    #expect(try await network[Self.author].todo().map(\.id) == [id.bytes])
    let remarks = try await network[Self.author].follow(id).remarks
    #expect(remarks.map(\.reason) == ["done-before"])
    try await network.stop()
  }

  @Test(
    "S6.6: what was answered while it was withdrawn: the answer is kept, and its office is told")
  func answeredMeanwhile() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].assign(id)
    try await network.until(id, is: .assigned, at: Self.town)
    try await network.until(id, is: .assigned, at: Self.asking)
    try await network.isolate(Self.town)
    try await network[Self.town].search(id, .womenRegister, found: true)
    try await network[Self.town].answer(id, .found)
    #expect(try await network[Self.asking].takeBack(id, .entered) == .withdrawn)
    network.mend(Self.town)
    try await network.until(id, is: .withdrawn, at: Self.town)
    try await network.until(Self.asking) { ledger in
      try ledger.events(of: id).contains { $0.kind == .answered }
    }
    #expect(try await network[Self.town].todo().map(\.id) == [id.bytes])
    let remarks = try await network[Self.town].follow(id).remarks
    #expect(remarks.map(\.reason) == ["withdrawn", "withdrawn"])
    #expect(try await network[Self.town].todo().isEmpty)
    try await network.stop()
  }

  @Test("S5, S12.1: an item that was sent is withdrawn: nobody is blamed, no register keeps it")
  func sent() async throws {
    let network = try await TestNetwork.start()
    let item = Cases.assistRequest()
    let id = try await network.deliver(item)
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].assign(id)
    try await network.until(id, is: .assigned, at: Self.town)
    #expect(try await figures(network, of: Self.asking) == [0, 0, 1])
    let township = await #expect(throws: CallFailure.self) {
      try await network[Self.author].takeBack(id, .entered)
    }
    #expect(township?.reason == "wrong-division")
    #expect(try await network[Self.asking].takeBack(id, .entered) == .withdrawn)
    try await everywhere(
      network, id, is: .withdrawn,
      at: [Self.town, Self.asked, TestNetwork.province, Self.author])
    #expect(try await figures(network, of: Self.asking) == [0, 0, 0])
    #expect(try await figures(network, of: Self.asked) == [0, 0, 0])
    for division in [Self.asking, Self.asked, Self.town, Self.author] {
      let cards = try await network[division].node.ledger.read { ledger in
        try ledger.records(of: Cases.number, includingWithdrawn: true)
      }
      #expect(!cards.isEmpty && cards.allSatisfy(\.isWithdrawn), "\(division)")
      #expect(cards.allSatisfy { $0.note == "taken back" })
    }
    for division in [Self.asked, Self.town] {
      let office = network[division]
      #expect(try await office.todo().map(\.id) == [id.bytes])
      let late = await #expect(throws: CallFailure.self) { try await office.answer(id, .found) }
      #expect(late?.reason == "wrong-state")
      _ = try await office.follow(id)
      #expect(try await office.todo().isEmpty)
    }
    try await network.stop()
  }

  @Test("S12.1: what the register had before the withdrawn item stands again")
  func before() async throws {
    let network = try await TestNetwork.start()
    var (first, second) = (Cases.notice(.inflow, number: 1), Cases.notice(.inflow, number: 2))
    first.subject?.telephone = "0755-00000001"
    second.subject?.telephone = "0755-00000002"
    let office = network[Self.author]
    for item in [first, second] { try await office.enter(item) }
    try await office.takeBack(Cases.ledgerID(second), .entered)
    let facts = try await office.history(first.id).versions.filter { $0.category == nil }
    #expect(
      facts.map { $0.subject?.telephone } == ["0755-00000001", "0755-00000002", "0755-00000001"])
    #expect(facts.last?.note == "taken back")
    #expect(facts.last?.sourceItem == first.id)
    // Not sent: its county has nothing to send.
    try await network.until(Cases.ledgerID(second), is: .withdrawn, at: Self.asking)
    let sent = try await network[Self.asking].sendAll()
    #expect(sent.map(\.id) == [first.id])
    try await network.stop()
  }

  @Test("S12.1: what another item tells as well stays when the first is withdrawn")
  func toldTwice() async throws {
    let network = try await TestNetwork.start()
    let (first, second) = (Cases.notice(.inflow, number: 1), Cases.notice(.inflow, number: 2))
    let office = network[Self.author]
    for item in [first, second] { try await office.enter(item) }
    try await office.takeBack(Cases.ledgerID(first), .entered)
    let records = try await office.node.ledger.read { try $0.records(of: Cases.number) }
    #expect(records.map(\.category) == [0, Category.inflow.rawValue])
    try await network.stop()
  }

  @Test("S10.2: an assignment taken back: the township sees it, and can do nothing more")
  func assignment() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let asked = network[Self.asked]
    let (first, second) = (TestNetwork.householdTowns[0], TestNetwork.householdTowns[1])
    try await asked.receiveAll()
    try await asked.assign(id, to: first)
    try await asked.assign(id, to: second)
    try await network.until(second) { try $0.item(id)?.inbound == true }
    try await asked.takeBack(id, .assigned)
    // The first has it again, with all that has happened meanwhile.
    try await network.until(first) { try $0.item(id)?.inbound == true }
    try await network.until(second) { try $0.item(id)?.inbound == false }
    #expect(try await network[second].todo().map(\.id) == [id.bytes])
    let late = await #expect(throws: CallFailure.self) {
      try await network[second].search(id, .womenRegister, found: true)
    }
    #expect(late?.reason == "wrong-division")
    try await network[first].search(id, .womenRegister, found: true)
    try await asked.takeBack(id, .assigned)
    #expect(try await asked.node.ledger.read { try $0.item(id)?.state } == .received)
    try await network.until(first) { try $0.item(id)?.inbound == false }
    _ = try await network[second].follow(id)
    #expect(try await network[second].todo().isEmpty)
    try await network.stop()
  }

  @Test("S6.3, S6.4: after a step recorded by mistake, \"not found\" can be answered")
  func step() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    let asked = network[Self.asked]
    try await asked.receiveAll()
    try await asked.search(id, .womenRegister, found: true)
    try await asked.takeBack(id, .searched)
    for source in [SearchSource.womenRegister, .paperLedger, .householdRegister] {
      try await asked.search(id, source, found: false)
    }
    try await asked.answer(id, .notFound, remark: "查无此人，全村走访无人知晓")
    try await network.until(id, is: .answered, at: Self.author)
    let item = try await network[Self.author].node.ledger.read { try $0.item(id) }
    #expect(item?.finding == .notFound)
    // What another node took back does not ask to be looked at where it changed nothing.
    #expect(item?.withoutEffect == 0)
    try await network.stop()
  }
}

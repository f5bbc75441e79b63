import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import TestSupport
import Testing
import Wire

@Suite("The work of townships and villages (S10, S9.2)", .timeLimit(.minutes(30)))
struct TownshipTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)
  private static let town = TestNetwork.householdTowns[0]
  private static let village = town + "201"

  private func work(
    _ of: String, by level: DivisionLevel? = nil, at division: String, in network: TestNetwork
  ) async throws -> [WorkLine] {
    var request = WorkRequest()
    request.cycle = "2009-06"
    request.of = of
    request.by = level
    return try await network[division].stream(Township.work, request)
  }

  private func sample(_ seed: UInt64, in network: TestNetwork) async throws -> [SampleLine] {
    var request = SampleRequest()
    request.cycle = "2009-06"
    request.of = Self.asked
    request.seed = seed
    request.count = 3
    return try await network[Self.asked].stream(Township.sample, request)
  }

  private func check(
    _ id: LedgerID, _ outcome: SpotOutcome, note: String, at division: String = asked,
    in network: TestNetwork
  ) async throws -> SampleLine {
    var request = CheckRequest()
    request.item = id.bytes
    request.outcome = outcome
    request.note = note
    return try await network[division].call(Township.check, request)
  }

  /// Five items of one household village, split to it; the first so many are answered.
  private func split(answered: Int, in network: TestNetwork) async throws -> [LedgerID] {
    var ids: [LedgerID] = []
    for number in UInt64(1)...5 {
      ids.append(try await network.deliver(Cases.assistRequest(number: number)))
    }
    try await network[Self.asked].receiveAll()
    for id in ids {
      try await network[Self.asked].assign(id)
      try await network.until(id, is: .assigned, at: Self.town)
    }
    for id in ids.prefix(answered) {
      try await network[Self.town].search(id, .womenRegister, found: true)
      try await network[Self.town].answer(id, .found)
      for division in [Self.asked, Self.asking] {
        try await network.until(id, is: .answered, at: division)
      }
    }
    return ids
  }

  @Test(
    "What was split and what came back, by township; the answers used, by who asked (S10.2, S10.7)")
  func split() async throws {
    let network = try await TestNetwork.start()
    let ids = try await split(answered: 3, in: network)
    let towns = try await work(Self.asked, by: .township, at: Self.asked, in: network)
    let own = try #require(towns.first { $0.figures?.division == Self.town })
    #expect(own.split == 5 && own.cameBack == 3)
    #expect(own.figures?.asked == 5 && own.figures?.substantiated == 3)
    let asking = TestNetwork.residenceTowns[0]
    let before = try await work(Self.asking, by: .township, at: Self.asking, in: network)
    let reporter = try #require(before.first { $0.figures?.division == asking })
    #expect(reporter.figures?.submitted == 5)
    #expect(reporter.answersGot == 3 && reporter.answersUsed == 0)
    try await network[Self.asking].closeAll()
    try await network.until(ids[0], is: .closed, at: Self.asking)
    let after = try await work(Self.asking, at: Self.asking, in: network)
    #expect(after.map(\.answersUsed) == [3])
    // The township sees its own work, from its own store, and no other's.
    let seen = try await work("", at: Self.town, in: network)
    #expect(seen.map { $0.figures?.division } == [Self.town] && seen.first?.split == 5)
    let failure = await #expect(throws: CallFailure.self) {
      try await work(Self.asked, at: Self.town, in: network)
    }
    #expect(failure?.reason == "wrong-division")
    let above = await #expect(throws: CallFailure.self) {
      try await work(TestNetwork.province, at: TestNetwork.province, in: network)
    }
    #expect(above?.field == "of")
    try await network.stop()
  }

  @Test("Operators' days without a sign-in show, at the node where they sign in (S10.1)")
  func signIns() async throws {
    let network = try await TestNetwork.start()
    // Wednesday 17 June: the first sign-in.
    _ = try await work("", at: Self.town, in: network)
    try network.clock.set("2009-06-19")
    _ = try await work("", at: Self.town, in: network)
    try network.clock.set("2009-06-23")
    let line = try #require(try await work("", at: Self.town, in: network).first)
    let person = try #require(line.operators.first)
    #expect(person.account == "operator" && person.workingDays == 16)
    #expect(person.missing.suffix(2) == [2009_06_18, 2009_06_22])
    #expect(!person.missing.contains(2009_06_17) && !person.missing.contains(2009_06_19))
    // The county does not keep the accounts of a township with a node of its own: it is told with the
    // roster of the month.
    let towns = try await work(Self.asked, by: .township, at: Self.asked, in: network)
    #expect(towns.flatMap(\.operators).isEmpty)
    try network.clock.set("2009-07-02")
    var request = ReportRequest()
    request.kind = .roster
    request.month = "2009-06"
    let roster = try await network[Self.town].call(Letters.report, request)
    let letter = try #require(LedgerID(roster.id))
    try await network.until(Self.asked) { try $0.letter(letter) != nil }
    // Nothing was ever asked of the township: it is seen because it has told.
    let told = try await work(Self.town, at: Self.asked, in: network)
    #expect(told.first?.operators.map(\.account) == ["operator"])
    #expect(told.first?.operators.first?.missing.contains(2009_06_18) == true)
    #expect(told.first?.operators.first?.missing.contains(2009_06_19) == false)
    try await network.stop()
  }

  @Test("Each late item has who answers for it: who acted last there, else the operator (S9.2)")
  func responsible() async throws {
    let network = try await TestNetwork.start()
    let ids = try await split(answered: 3, in: network)
    try await network[Self.town].search(ids[3], .womenRegister, found: true)
    try network.clock.set("2009-07-20")
    var request = LateRequest()
    request.of = Self.town
    let late = try await network[Self.town].stream(Township.late, request)
    #expect(Set(late.map(\.item)) == Set(ids.suffix(2).map(\.bytes)))
    for line in late {
      #expect(line.daysLate == 3 && line.feedback && line.due == 2009_07_17)
      #expect(line.responsible == "operator" && line.holder.hasPrefix(Self.town))
      #expect(line.actedLast == (line.item == ids[3].bytes))
    }
    let traces = try await network[Self.town].node.ledger.read {
      try $0.traces().filter { $0.entry.action == "late" }
    }
    #expect(traces.map(\.entry.purpose) == [Self.town])
    try await network.stop()
  }

  @Test(
    "A sample is drawn again from its seed; what a check found stays, and leaves a trace (S10.7)")
  func spotChecks() async throws {
    let network = try await TestNetwork.start()
    let ids = try await split(answered: 4, in: network)
    let drawn = try await sample(7, in: network)
    #expect(
      drawn.count == 3 && Set(drawn.map(\.item)).isSubset(of: Set(ids.prefix(4).map(\.bytes))))
    #expect(try await sample(7, in: network) == drawn)
    let id = try #require(LedgerID(drawn[0].item))
    _ = try await check(id, .wrong, note: "电话核实不符", in: network)
    let last = try await check(id, .confirmed, note: "入户核实", in: network)
    #expect(last.outcome == .confirmed && last.by == "operator")
    #expect(try await sample(7, in: network).first == last)
    let line = try #require(try await work(Self.asked, at: Self.asked, in: network).first)
    #expect(line.checked == 1 && line.confirmed == 1)
    for (target, note, reason) in [
      (ids[4], "入户", "not-answered"), (id, "。", "missing-field"),
    ] {
      let failure = await #expect(throws: CallFailure.self) {
        try await check(target, .confirmed, note: note, in: network)
      }
      #expect(failure?.reason == reason)
    }
    // Who asked sees the item, and does not judge the other side's answer.
    let other = await #expect(throws: CallFailure.self) {
      try await check(id, .wrong, note: "不符", at: Self.asking, in: network)
    }
    #expect(other?.reason == "wrong-division")
    let actions = try await network[Self.asked].node.ledger.read {
      try $0.traces().map(\.entry.action)
    }
    #expect(actions.count { $0 == "spot-check" } == 2 && actions.count { $0 == "sample" } == 3)
    try await network.stop()
  }
}

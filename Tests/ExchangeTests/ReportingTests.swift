import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import TestSupport
import Testing
import Wire

@Suite("Rosters and monthly tables go to the office above (S10.6, S12.5)", .timeLimit(.minutes(30)))
struct ReportingTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)
  private static let (author, town) = (TestNetwork.residenceTowns[0], TestNetwork.householdTowns[0])

  private func report(
    _ kind: LetterKind, at division: String, month: String = "2009-06", in network: TestNetwork
  ) async throws -> LetterSummary {
    var request = ReportRequest()
    request.kind = kind
    request.month = month
    return try await network[division].call(Letters.report, request)
  }

  private func read(
    _ id: [UInt8], at division: String, in network: TestNetwork
  ) async throws -> LetterReply {
    var request = LetterRequest()
    request.id = id
    return try await network[division].call(Letters.read, request)
  }

  private func standings(
    _ kind: LetterKind, of: String, in network: TestNetwork
  ) async throws -> [ReportStanding] {
    var request = ReportsRequest()
    request.kind = kind
    request.month = "2009-06"
    request.of = of
    return try await network[of].stream(Letters.reports, request)
  }

  /// One item answered by the household township; the clock stands in July.
  private func answered(in network: TestNetwork) async throws -> LedgerID {
    let id = try await network.deliver(Cases.assistRequest())
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].assign(id)
    try await network.until(id, is: .assigned, at: Self.town)
    try await network[Self.town].search(id, .womenRegister, found: true)
    try await network[Self.town].answer(id, .found)
    try await network.until(id, is: .answered, at: Self.author)
    try network.clock.set("2009-07-06")
    return id
  }

  @Test("Both townships send their rosters: submitted here, fed back there; the county has them")
  func roster() async throws {
    let network = try await TestNetwork.start()
    let id = try await answered(in: network)
    for (division, county, isFedBack) in [
      (Self.author, Self.asking, false), (Self.town, Self.asked, true),
    ] {
      let sent = try await report(.roster, at: division, in: network)
      #expect(sent.addressee == county && sent.lines == 1 && sent.period == 2009_06_01)
      let letter = try #require(LedgerID(sent.id))
      try await network.until(division) { try $0.letter(letter)?.delivered != 0 }
      let roster = try #require(try await read(sent.id, at: county, in: network).roster)
      let line = try #require(roster.lines.first)
      #expect(line.item == id.bytes && line.fedBack == isFedBack && line.maskedName == "王**")
      #expect(line.day == 2009_06_17 && roster.subjects == 1 && roster.parts == 1)
      let rows = try await standings(.roster, of: county, in: network)
      let standing = try #require(rows.first { $0.office == division })
      #expect(standing.due == 2009_07_06 && standing.letter?.id == sent.id)
      // The other township of the county has not sent its own.
      #expect(rows.contains { $0.office != division && $0.letter == nil })
      // Made again it stays as it was sent.
      #expect(try await report(.roster, at: division, in: network).issued == sent.issued)
    }
    try await network.stop()
  }

  @Test("Monthly tables count out-migrants where she is registered, in-migrants where she lives")
  func tables() async throws {
    let network = try await TestNetwork.start()
    _ = try await answered(in: network)
    for (division, table) in [(Self.author, MonthlyTable.inMigrants), (Self.town, .outMigrants)] {
      let sent = try await report(.monthlyTables, at: division, in: network)
      let counts = try #require(try await read(sent.id, at: division, in: network).tables?.counts)
      let persons = counts.filter { $0.measure == .persons }
      #expect(persons.map(\.table) == [.national, table] && persons.allSatisfy { $0.count == 1 })
    }
    try await network.stop()
  }

  @Test(
    "A month that is not over is refused; so is what the office does not owe, and another's letter")
  func refused() async throws {
    let network = try await TestNetwork.start()
    _ = try await answered(in: network)
    for (division, kind, month, reason) in [
      (Self.town, LetterKind.roster, "2009-07", "in-the-future"),
      (Self.town, .roster, "2009-13", "invalid"), (Self.town, .dunning, "2009-06", "invalid"),
      (Self.asked, .roster, "2009-06", "wrong-role"),
    ] {
      let failure = await #expect(throws: CallFailure.self) {
        try await report(kind, at: division, month: month, in: network)
      }
      #expect(failure?.reason == reason, "\(division) \(kind) \(month)")
    }
    let sent = try await report(.roster, at: Self.town, in: network)
    let letter = try #require(LedgerID(sent.id))
    try await network.until(Self.asked) { try $0.letter(letter) != nil }
    let unknown = await #expect(throws: CallFailure.self) {
      try await read(sent.id, at: TestNetwork.householdTowns[1], in: network)
    }
    #expect(unknown?.reason == "unknown")
    // The township does not acknowledge what it has sent.
    var request = AcknowledgeRequest()
    request.id = sent.id
    let own = await #expect(throws: CallFailure.self) {
      try await network[Self.town].call(Letters.acknowledge, request)
    }
    #expect(own?.reason == "wrong-division")
    #expect(try await network[Self.asked].call(Letters.acknowledge, request).acknowledged != 0)
    try await network.until(Self.town) { try $0.letter(letter)?.acknowledged != 0 }
    try await network.stop()
  }
}

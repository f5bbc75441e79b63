import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import TestSupport
import Testing
import Wire

@Suite("Flows over the register (S13.1)", .timeLimit(.minutes(30)))
struct FlowServiceTests {
  private static let county = TestNetwork.residence

  private func period(
    _ first: Int32 = 2009_05_01, _ last: Int32 = 2009_06_16, _ level: DivisionLevel = .county
  ) -> FlowPeriod {
    var period = FlowPeriod()
    period.first = first
    period.last = last
    period.level = level
    return period
  }

  /// So many women who came on 1 June 2009 from another county, in the register of the first.
  private func enter(_ count: Int, in network: TestNetwork) async throws {
    let author = network[TestNetwork.residenceTowns[0]]
    for number in 1...count {
      var item = Cases.notice(.inflow, number: UInt64(number))
      item.subject?.citizenId = ""
      item.subject?.noCitizenIdReason = "办理中"
      item.subject?.name = "王样例" + String(repeating: "甲", count: number)
      try await author.enter(item)
      try await network.until(Cases.ledgerID(item), is: .entered, at: Self.county)
    }
  }

  @Test(
    "A period is counted once and stays as it was published; what shares days with it is refused")
  func publish() async throws {
    let network = try await TestNetwork.start()
    let office = network[Self.county]
    try await enter(6, in: network)
    let missing = await #expect(throws: CallFailure.self) {
      try await office.call(Flows.show, period())
    }
    #expect(missing?.reason == "unknown")
    let flows = try await office.call(Flows.publish, period())
    let table = try #require(flows.tables.first { $0.beside == .destination })
    #expect(table.persons == 6 && table.cells == [6])
    #expect(table.rows.map(\.key) == [TestNetwork.household])
    #expect(table.columns.map(\.key) == [TestNetwork.residence])
    #expect(flows.tables.count == 4 && flows.by == "operator")
    // More women: what is published stays.
    try await enter(8, in: network)
    #expect(try await office.call(Flows.publish, period()) == flows)
    #expect(try await office.call(Flows.show, period()) == flows)
    for other in [
      period(2009_06_16, 2009_06_16), period(2009_01_01, 2009_05_01),
      period(2009_05_01, 2009_06_16, .township), period(2009_01_01, 2009_06_15),
    ] {
      let failure = await #expect(throws: CallFailure.self) {
        try await office.call(Flows.publish, other)
      }
      #expect(failure?.reason == "conflict", "\(other)")
    }
    let open = await #expect(throws: CallFailure.self) {
      try await office.call(Flows.publish, period(2009_06_17, 2009_06_17))
    }
    #expect(open?.reason == "in-the-future")
    let backwards = await #expect(throws: CallFailure.self) {
      try await office.call(Flows.publish, period(2009_06_16, 2009_05_01))
    }
    #expect(backwards?.field == "period")
    _ = try await office.call(Flows.publish, period(2009_03_01, 2009_04_30))
    #expect(
      try await office.stream(Flows.list, FlowsRequest()).map(\.first) == [2009_03_01, 2009_05_01])
    let traces = try await office.node.ledger.read {
      try $0.traces().map(\.entry).filter { $0.action == "publish-flows" }
    }
    #expect(
      traces.map(\.purpose) == ["2009-05-01 2009-06-16 county", "2009-03-01 2009-04-30 county"])
    try await network.stop()
  }

  @Test("Four persons are not shown at all")
  func few() async throws {
    let network = try await TestNetwork.start()
    try await enter(4, in: network)
    let flows = try await network[Self.county].call(Flows.publish, period())
    #expect(flows.tables.isEmpty)
    try await network.stop()
  }

  @Test("A set capacity is held against who lives there and came lately")
  func capacity() async throws {
    let network = try await TestNetwork.start()
    let (office, town) = (network[Self.county], TestNetwork.residenceTowns[0])
    try await enter(6, in: network)
    var request = CapacityRequest()
    request.division = town
    request.capacity = 10
    let place = try await office.call(Flows.setCapacity, request)
    #expect(place.capacity == 10 && place.present == 6 && place.growth == 6)
    try network.clock.set("2009-08-01")
    let later = try await office.stream(Flows.capacities, CapacitiesRequest())
    #expect(later.map(\.present) == [6] && later.map(\.growth) == [0])
    request.division = TestNetwork.household
    let failure = await #expect(throws: CallFailure.self) {
      try await office.call(Flows.setCapacity, request)
    }
    #expect(failure?.reason == "wrong-division")
    request.division = town
    request.capacity = 0
    _ = try await office.call(Flows.setCapacity, request)
    #expect(try await office.stream(Flows.capacities, CapacitiesRequest()).isEmpty)
    try await network.stop()
  }
}

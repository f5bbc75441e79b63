import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import TestSupport
import Testing
import Wire

@Suite("The combined query at the nodes (S10.3)", .timeLimit(.minutes(30)))
struct QueryTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)
  private static let town = TestNetwork.householdTowns[0]

  private func ids(
    _ ask: @escaping @Sendable (inout QueryRequest) -> Void, at division: String,
    in network: TestNetwork
  ) async throws -> [[UInt8]] {
    var request = QueryRequest()
    request.conditions = QueryConditions()
    ask(&request)
    return try await network[division].stream(Queries.run, request).compactMap { $0.item?.id }
  }

  @Test("Of a person by any spelling of the number, or by name, for a purpose that is traced (G2)")
  func person() async throws {
    let network = try await TestNetwork.start()
    let hers = try await network.deliver(Cases.assistRequest(number: 1))
    var sister = Cases.assistRequest(number: 2)
    sister.subject?.name = "李样例"
    let other = try await network.deliver(sister)
    let draft = Cases.assistRequest(number: 3)
    try await network[TestNetwork.residenceTowns[0]].enter(draft)
    try await network.until(Cases.ledgerID(draft), is: .entered, at: Self.asking)
    let name = try #require(draft.subject?.name)
    let failure = await #expect(throws: CallFailure.self) {
      try await ids({ $0.citizenId = Cases.number }, at: Self.asking, in: network)
    }
    #expect(failure?.reason == "missing-field" && failure?.field == "purpose")
    // Also what was not sent, and last.
    let byNumber = try await ids(
      { ($0.citizenId, $0.purpose) = (" \(Cases.number) ", "核对来函") }, at: Self.asking, in: network)
    #expect(byNumber == [other.bytes, hers.bytes, draft.id])
    let byName = try await ids(
      { ($0.name, $0.purpose) = (name, "核对来函") }, at: Self.asking, in: network)
    #expect(byName == [hers.bytes])
    let both = try await ids(
      { ($0.name, $0.citizenId, $0.purpose) = ("李 样例", Cases.number, "核对来函") }, at: Self.asking,
      in: network)
    #expect(both == [other.bytes])
    let traces = try await network[Self.asking].node.ledger.read { try $0.traces(limit: 500) }
      .map(\.entry).filter { $0.action == "query" }
    #expect(traces.count == 3 && traces.allSatisfy { $0.purpose.hasPrefix("核对来函") })
    #expect(traces.filter { $0.subjectKey == Cases.number }.count == 2)
    #expect(traces.allSatisfy { !$0.purpose.contains(name) && !$0.purpose.contains(Cases.number) })
    try await network.stop()
  }

  @Test("How an item stands to its due date is a condition; each office finds its own alone")
  func lateness() async throws {
    let network = try await TestNetwork.start()
    let late = try await network.deliver(Cases.assistRequest(number: 1))
    try await network[Self.asked].receiveAll()
    try await network[Self.asked].assign(late)
    try await network.until(late, is: .assigned, at: Self.town)
    try network.clock.set("2010-03-01")
    let open = try await network.deliver(Cases.assistRequest(number: 2))
    for (lateness, expected) in [
      (Lateness.overdue, [late]), (.open, [open]), (.inTime, []), (.lateDone, []),
    ] {
      let found = try await ids(
        { $0.conditions?.lateness = [UInt32(lateness.rawValue)] }, at: Self.asked, in: network)
      #expect(found == expected.map(\.bytes), "\(lateness)")
    }
    // The township has its own item; the other township of the county has none.
    #expect(try await ids({ _ in }, at: Self.town, in: network) == [late.bytes])
    #expect(try await ids({ _ in }, at: TestNetwork.householdTowns[1], in: network) == [])
    #expect(
      try await ids({ $0.conditions?.place = Self.town }, at: Self.asked, in: network)
        == [late.bytes])
    let refused: [(ask: @Sendable (inout QueryRequest) -> Void, field: String)] = [
      ({ $0.conditions?.place = "999999" }, "conditions.place"),
      ({ $0.conditions?.box = .todo }, "conditions.box"),
      ({ $0.conditions?.states = [1] }, "conditions.states"),
      (
        {
          $0.conditions?.from = 2010_02_02
          $0.conditions?.through = 2010_02_01
        }, "conditions.from"
      ),
      ({ $0.conditions?.categories = [12] }, "conditions.categories[0]"),
    ]
    for (ask, field) in refused {
      let failure = await #expect(throws: CallFailure.self) {
        try await ids(ask, at: Self.asked, in: network)
      }
      #expect(failure?.field == field)
    }
    try await network.stop()
  }

  @Test("Pages go on behind a cursor; what is saved is the account's own")
  func pagesAndSaved() async throws {
    let network = try await TestNetwork.start()
    var delivered: Set<[UInt8]> = []
    for number in UInt64(1)...5 {
      delivered.insert(try await network.deliver(Cases.assistRequest(number: number)).bytes)
    }
    var request = QueryRequest()
    request.conditions = QueryConditions()
    request.limit = 2
    var found: [[UInt8]] = []
    while true {
      let page = try await network[Self.asking].stream(Queries.run, request)
      guard let last = page.last else { break }
      found += page.compactMap { $0.item?.id }
      request.after = last.cursor
    }
    #expect(found.count == 5 && Set(found) == delivered)
    var query = SavedQuery()
    query.name = "急件"
    query.conditions = QueryConditions()
    query.conditions?.urgencies = [3]
    _ = try await network[Self.asking].call(Queries.save, query)
    let saved = try await network[Self.asking].call(Queries.saved, SavedQueriesRequest()).queries
    #expect(saved.map(\.name) == ["急件"] && saved.first?.conditions?.urgencies == [3])
    #expect((saved.first?.saved ?? 0) > 0)
    var forget = ForgetQueryRequest()
    forget.name = "急件"
    #expect(try await network[Self.asking].call(Queries.forget, forget).wasThere)
    #expect(try await !network[Self.asking].call(Queries.forget, forget).wasThere)
    try await network.stop()
  }
}

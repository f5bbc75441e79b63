import ExchangeRules
import TestSupport
import Testing

@testable import Ledger

@Suite("The combined query (S10.3)") struct ItemSearchTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  let made = Made(seed: 103)

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  @Test("Each condition finds what it names, any mix what all name, the newest submission first")
  func conditions() async throws {
    let all = try await insert(240) { place, item in
      item.inbound = place % 2 == 0
      item.outbound = place % 3 == 0
      item.kind = ItemKind.allCases[place % 2]
      item.category = Category.allCases[place % 11]
      item.state = ItemState.allCases[place % 10]
      item.urgency = place % 4 == 0 ? nil : Urgency.allCases[place % 3]
      item.finding = place % 5 == 0 ? Finding.allCases[place % 3] : nil
      item.submitted = place % 7 == 0 ? 0 : 20_090_601 + Int32(place % 28)
      item.assignedTo = place % 4 == 0 ? "42112600\(place % 7)" : ""
      item.maskedName = place % 3 == 0 ? "李*" : "王**"
      item.subjectKey = place % 6 == 0 ? "person \(place % 12)" : ""
    }
    let table: [(ask: @Sendable (inout ItemConditions) -> Void, holds: (StoredItem) -> Bool)] = [
      ({ _ in }, { _ in true }),
      ({ $0.isInbound = true }, { $0.inbound }),
      ({ $0.isOutbound = true }, { $0.outbound }),
      ({ $0.kind = .serviceNotice }, { $0.kind == .serviceNotice }),
      ({ $0.categories = [.basic, .assist] }, { [.basic, .assist].contains($0.category) }),
      ({ $0.states = [.received, .withdrawn] }, { [.received, .withdrawn].contains($0.state) }),
      ({ $0.urgencies = [.urgent] }, { $0.urgency == .urgent }),
      ({ $0.findings = [.notFound, .found] }, { $0.finding == .notFound || $0.finding == .found }),
      ({ $0.from = 20_090_610 }, { $0.submitted >= 20_090_610 }),
      ({ $0.through = 20_090_610 }, { $0.submitted <= 20_090_610 }),
      ({ $0.maskedName = "李*" }, { $0.maskedName == "李*" }),
      ({ $0.place = .digits("421126001") }, { $0.assignedTo == "421126001" }),
      ({ $0.reach = .only("nowhere") }, { _ in false }),
    ]
    for (place, row) in table.enumerated() {
      for other in table[place...] {
        var conditions = ItemConditions()
        row.ask(&conditions)
        other.ask(&conditions)
        // What the second row asks of the same column replaces the first.
        let holds: (StoredItem) -> Bool =
          conditions == Self.asked(row.ask, row.ask)
          ? row.holds : { row.holds($0) && other.holds($0) }
        let expected = all.filter { $0.submitted > 0 && holds($0) }
          .map { ($0.submitted, $0.id) }
        let found = try await search(conditions)
        #expect(found.map(\.id) == Self.newestFirst(expected, all).map(\.1))
        #expect(found.map(\.submitted) == found.map(\.submitted).sorted(by: >))
      }
    }
    var person = ItemConditions()
    person.subjectKeys = ["person 6"]
    let hers = try await search(person)
    #expect(Set(hers.map(\.id)) == Set(all.filter { $0.subjectKey == "person 6" }.map(\.id)))
    #expect(hers.contains { $0.submitted == 0 })
    // Two spellings of one number are one list.
    person.subjectKeys = ["person 6", "person 0"]
    let both = Set(all.filter { ["person 6", "person 0"].contains($0.subjectKey) }.map(\.id))
    let paged = try await search(person, limit: 3)
    #expect(paged.count == both.count && Set(paged.map(\.id)) == both)
    #expect(paged.map(\.submitted) == paged.map(\.submitted).sorted(by: >))
  }

  @Test("Pages of any length, and reads that find nothing, go on to the end")
  func pages() async throws {
    let all = try await insert(90) { place, item in
      item.submitted = 20_090_601 + Int32(place % 4)
      item.kind = place % 9 == 0 ? .serviceNotice : .assistRequest
    }
    var notices = ItemConditions()
    notices.kind = .serviceNotice
    let expected = try await search(notices)
    #expect(expected.count == all.filter { $0.kind == .serviceNotice }.count)
    for limit in [1, 3, 10, 11] {
      #expect(try await search(notices, limit: limit) == expected, "\(limit)")
    }
  }

  @Test(
    "A period is found by the index of submissions, a person by hers, without a sort of all",
    .enabled(if: TestStore.server == nil, "a plan is told in the words of the other engine"))
  func plans() async throws {
    for (key, index) in [(nil, "item_submitted"), ("key", "item_subject")] {
      var conditions = ItemConditions()
      conditions.subjectKeys = key.map { [$0] }
      conditions.reach = .digits("44")
      let (statement, values) = (Statement.search[conditions.shape], conditions.values)
      let plan = try await ledger.read { reader in
        try reader.rows(
          Statement("plan of \(statement.name)", "EXPLAIN QUERY PLAN " + statement.text),
          (key.map { [.text($0)] } ?? [.integer(1), .integer(1)]) + [.integer(1), .integer(1)]
            + values + [.integer(1)]
        ) { $0.text(3) }
      }
      #expect(plan.contains { $0.contains("USING INDEX \(index)") }, "\(plan)")
      #expect(key != nil || !plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }
    let end = try await ledger.read { reader in
      try reader.rows(
        Statement("plan of an end", "EXPLAIN QUERY PLAN " + Statement.searchEnd.text),
        [.integer(1), .integer(1), .integer(1), .integer(1), .integer(1)]
      ) { $0.text(3) }
    }
    #expect(end.count == 1 && end[0].contains("COVERING INDEX item_submitted"), "\(end)")
  }

  @Test("An account has fifty saved queries, each name once, and sees no other's")
  func saved() async throws {
    func save(_ name: String, _ account: String = "wang", _ body: [UInt8] = [1]) async throws
      -> Bool
    {
      let query = SavedItemQuery(account: account, name: name, at: 1, body: body)
      return try await ledger.commit { try $0.save(query) }
    }
    for number in 10..<60 { #expect(try await save("\(number)")) }
    #expect(try await !save("one more"))
    #expect(try await save("10", "wang", [2]))
    #expect(try await save("10", "li", [3]))
    let saved = try await ledger.read { try $0.savedQueries(of: "wang") }
    #expect(saved.map(\.name) == (10..<60).map { "\($0)" } && saved.first?.body == [2])
    #expect(try await ledger.commit { try $0.forgetQuery("10", of: "wang") })
    #expect(try await !ledger.commit { try $0.forgetQuery("10", of: "wang") })
    #expect(try await ledger.read { try $0.savedQueries(of: "li") }.map(\.body) == [[3]])
  }

  private static func asked(
    _ asks: (inout ItemConditions) -> Void...
  ) -> ItemConditions {
    var conditions = ItemConditions()
    for ask in asks { ask(&conditions) }
    return conditions
  }

  /// By day, and within a day by the order in which they came, both from the end.
  private static func newestFirst(
    _ found: [(Int32, LedgerID)], _ all: [StoredItem]
  ) -> [(Int32, LedgerID)] {
    let places = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.id, $0) })
    return found.sorted { ($0.0, places[$0.1] ?? 0) > ($1.0, places[$1.1] ?? 0) }
  }

  private func search(_ conditions: ItemConditions, limit: Int = 100) async throws -> [StoredItem] {
    var found: [StoredItem] = []
    var place: ItemCursor? = .newest
    while let after = place.map(\.bytes).flatMap(ItemCursor.init) {
      let page = try await ledger.read { try $0.search(conditions, after: after, limit: limit) }
      found += page.items.map(\.item)
      place = page.next
    }
    return found
  }

  private func insert(
    _ count: Int, _ adjust: @Sendable @escaping (Int, inout StoredItem) -> Void
  ) async throws -> [StoredItem] {
    try await ledger.commit { [made] transaction in
      try (0..<count).map { place in
        let (item, entered) = made.item { adjust(place, &$0) }
        _ = try transaction.insert(item, entered: entered)
        return item
      }
    }
  }
}

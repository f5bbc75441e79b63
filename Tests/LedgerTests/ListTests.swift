import ExchangeRules
import TestSupport
import Testing

@testable import Ledger

@Suite("Lists, counts and the split by village") struct ListTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  let made = Made(seed: 30)

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  @Test("The soonest due come first, items without a date last")
  func order() async throws {
    let dues: [Int32] = [20_090_720, 0, 20_090_705, 20_091_231, 20_090_705]
    let ids = try await insert(dues.count) { place, item in item.due = dues[place] }
    let listed = try await ledger.read { try $0.items(ItemQuery(.all)).map(\.item) }
    #expect(listed.map(\.id) == [2, 4, 0, 3, 1].map { ids[$0] })
    #expect(listed.map(\.due) == [20_090_705, 20_090_705, 20_090_720, 20_091_231, 0])
  }

  @Test("Each filter finds what it names, and the count agrees")
  func filters() async throws {
    _ = try await insert(60) { place, item in
      item.inbound = place % 2 == 0
      item.outbound = place % 3 == 0
      item.state = ItemState.allCases[place % 9]
      item.feedbackRequired = place % 5 != 0
      item.assignedTo = place % 4 == 0 ? "42112600\(place % 7)" : ""
      item.due = 20_090_701 + Int32(place % 20)
      item.subjectKey = place % 6 == 0 ? "subject \(place % 12)" : ""
    }
    let all = try await ledger.read { try $0.items(ItemQuery(.all)).map(\.item) }
    #expect(all.count == 60)
    let table: [(query: ItemQuery, holds: @Sendable (StoredItem) -> Bool)] = [
      (ItemQuery(.inbound), { $0.inbound }),
      (ItemQuery(.outbound), { $0.outbound }),
      (ItemQuery(.todo), { $0.inbound && $0.need != .nothing }),
      (ItemQuery(.waiting), { $0.need != .nothing }),
      (ItemQuery(.outbound, state: .delivered), { $0.outbound && $0.state == .delivered }),
      (ItemQuery(.all, assignedTo: "421126004"), { $0.assignedTo == "421126004" }),
      (ItemQuery(.waiting, dueBefore: 20_090_710), { $0.need != .nothing && $0.due < 20_090_710 }),
      (ItemQuery(.all, subjectKey: "subject 6"), { $0.subjectKey == "subject 6" }),
    ]
    for row in table {
      let found = try await ledger.read { try $0.items(row.query).map(\.item) }
      #expect(found == all.filter(row.holds), "\(row.query)")
      #expect(!found.isEmpty, "\(row.query)")
      #expect(try await ledger.read { try $0.count(row.query) } == found.count)
    }
    for box in [ItemQuery.Box.all, .inbound, .outbound, .todo, .waiting] {
      let listed = try await ledger.read { try $0.items(ItemQuery(box)).map(\.item) }
      let counts = try await ledger.read { try $0.countsByState(box) }
      #expect(counts == Dictionary(grouping: listed, by: \.state).mapValues(\.count))
    }
  }

  @Test("Pages give each unchanged item exactly once while others come, go and move")
  func pagingStability() async throws {
    let stay = try await insert(100) { place, item in
      item.due = 20_090_701 + Int32(place % 10)
    }
    let move = try await insert(50) { place, item in item.due = 20_090_701 + Int32(place % 10) }
    var seen: [LedgerID] = []
    var cursor: ItemCursor?
    while true {
      let after = cursor.map(\.bytes).flatMap(ItemCursor.init)
      #expect(after == cursor)
      let page = try await ledger.read {
        try $0.items(ItemQuery(.all), after: after, limit: 7)
      }
      guard let last = page.last else { break }
      seen += page.map(\.item.id)
      cursor = last.cursor
      var change = ItemChange()
      change.due = 20_090_701 + Int32(made.number(below: 10))
      let (moved, applied) = (move[made.number(below: 50)], change)
      try await ledger.commit { try $0.update(moved, applied) }
      let staying = stay[made.number(below: 100)]
      try await ledger.commit { try $0.update(staying, ItemChange(.submitted, at: 1)) }
      _ = try await insert(1) { [made] _, item in
        item.due = 20_090_701 + Int32(made.number(below: 10))
      }
    }
    let stayed = Set(stay)
    #expect(seen.filter(stayed.contains).count == 100)
    #expect(Set(seen).isSuperset(of: stayed))
  }

  @Test("A long list comes page by page")
  func pages() async throws {
    let ids = try await insert(45) { place, item in item.due = 20_090_701 + Int32(place) }
    var pages: [[LedgerID]] = []
    for try await page in ledger.pages(of: ItemQuery(.all), pageRows: 20) {
      pages.append(page.map(\.item.id))
    }
    #expect(pages.map(\.count) == [20, 20, 5])
    #expect(Array(pages.joined()) == ids)
  }

  @Test("Bytes that are no cursor are refused", arguments: [0, 11, 13])
  func cursors(count: Int) {
    #expect(ItemCursor([UInt8](repeating: 0xff, count: count)) == nil)
  }

  @Test("No list sorts or reads the whole table")
  func plans() async throws {
    let ledger = try Ledger(path: folder.file("plans.sqlite"))
    let table: [(query: ItemQuery, index: String)] = [
      (ItemQuery(.inbound), "item_in"), (ItemQuery(.outbound), "item_out"),
      (ItemQuery(.todo), "item_"), (ItemQuery(.waiting, dueBefore: 20_090_701), "item_waiting"),
      (ItemQuery(.all, state: .received), "item_state"),
      (ItemQuery(.all, assignedTo: "421126001"), "item_assigned"),
      (ItemQuery(.waiting, assignedTo: "421126001"), "item_"),
    ]
    for row in table {
      let plan = try await ledger.read { reader in
        let (conditions, values) = row.query.conditions
        let list = Statement.items[conditions + [ItemCursor.condition]]
        return try reader.rows(
          Statement("plan of \(list.name)", "EXPLAIN QUERY PLAN " + list.text),
          values + [.integer(20_090_701), .integer(5), .integer(10)]
        ) { $0.text(3) }
      }
      #expect(plan.contains { $0.contains("USING INDEX \(row.index)") }, "\(plan)")
      #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }
  }

  private func insert(
    _ count: Int, _ adjust: @Sendable @escaping (Int, inout StoredItem) -> Void
  ) async throws -> [LedgerID] {
    try await ledger.commit { [made] transaction in
      try (0..<count).map { place in
        let (item, entered) = made.item { adjust(place, &$0) }
        _ = try transaction.insert(item, entered: entered)
        return item.id
      }
    }
  }
}

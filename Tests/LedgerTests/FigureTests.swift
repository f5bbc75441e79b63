import ExchangeRules
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Ledger

@Suite("The figures of cycles are kept with the items") struct FigureTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let counties = ["440305", "440306", "441702", "441900", "421126"]
  private static let day = Made.noon / 86_400_000

  @Test(
    "After any history the kept figures are those counted anew, at every level and as of any day",
    arguments: 1...6)
  func anyHistory(seed: UInt64) async throws {
    var numbers = SeededNumbers(seed: seed)
    let made = Made(seed: seed)
    let ledger = try Ledger(path: folder.ledger)
    var items: [StoredItem] = []
    for round in 0..<40 {
      var batch: [(StoredItem, StoredEvent)] = []
      for _ in 0..<5 { batch.append(Self.item(made, &numbers)) }
      let changed = (0..<12).compactMap { _ in
        items.randomElement(using: &numbers).map { Self.changed($0, &numbers) }
      }
      let isRefused = round % 7 == 3
      let work = (batch, changed)
      do {
        try await ledger.commit { ledger in
          for (item, entered) in work.0 { _ = try ledger.insert(item, entered: entered) }
          for item in work.1 { try ledger.rewrite(item) }
          // A request that fails late takes everything back.
          if isRefused { throw LedgerFailure(.invalid, "no") }
        }
        items += batch.map(\.0)
        for item in changed {
          if let place = items.firstIndex(where: { $0.id == item.id }) { items[place] = item }
        }
      } catch { #expect(isRefused) }
    }
    #expect(try await Self.differences(ledger, items, &numbers) == [])
    // A backup goes on by itself; of a server's database its own tools make it.
    if Ledger.isOnServer(ledger.path) { return }
    #expect(try ledger.copy(to: folder.file("copy.sqlite")) == [])
    try folder.lendKeys(to: "copy.sqlite")
    let copy = try Ledger(path: folder.file("copy.sqlite"))
    let last = Self.changed(items[0], &numbers)
    try await copy.commit { _ = try $0.rewrite(last) }
    items[0] = last
    #expect(try await Self.differences(copy, items, &numbers) == [])
  }

  @Test("A ledger of before figures counts what it holds")
  func beforeFigures() async throws {
    var numbers = SeededNumbers(seed: 9)
    let made = Made(seed: 9)
    let items = (0..<200).map { _ in Self.item(made, &numbers) }
    let first = try Ledger(path: folder.ledgerFile)
    try await first.commit { ledger in
      for (item, entered) in items { _ = try ledger.insert(item, entered: entered) }
    }
    try first.close()
    let older = try DatabaseQueue(path: folder.ledgerFile)
    try await older.write {
      try $0.execute(
        sql: """
          DELETE FROM grdb_migrations WHERE identifier LIKE '6 %';
          DROP TABLE figure; DROP TABLE figure_version; DROP INDEX item_asked; DROP INDEX item_asking;
          ALTER TABLE item DROP COLUMN asked_at;
          """)
    }
    try older.close()
    let updated = try Ledger(path: folder.ledgerFile)
    // Where the address lies was not kept then.
    let kept = items.map { item, _ in
      var item = item
      item.askedAt = ""
      return item
    }
    #expect(try await Self.differences(updated, kept, &numbers) == [])
  }

  @Test("A county's items of a cycle come page by page, each once")
  func pages() async throws {
    var numbers = SeededNumbers(seed: 3)
    let made = Made(seed: 3)
    let items = (0..<60).map { _ in Self.item(made, &numbers) }
    let ledger = try Ledger(path: folder.ledger)
    try await ledger.commit { ledger in
      for (item, entered) in items { _ = try ledger.insert(item, entered: entered) }
    }
    let county = try #require(DivisionCode("441702"))
    let cycle = try #require(SubmissionCycle("2009-07"))
    for side in CountedSide.allCases {
      let found = try await ledger.read { ledger in
        var found: [LedgerID] = []
        var place: CountedPlace? = .start
        while let after = place {
          let page = try ledger.countedItems(
            of: county, side, in: cycle, after: after, limit: 3)
          found += page.items.map(\.id)
          place = page.next
        }
        return found
      }
      let expected = items.map(\.0).filter { item in
        guard let counted = item.counted else { return false }
        return counted.cycle == cycle && (side == .asking ? item.from : item.to) == "441702"
      }
      #expect(found.count == Set(found).count)
      #expect(Set(expected.map(\.id)).isSubset(of: Set(found)))
    }
  }

  /// An item at any point of its life.
  private static func item(
    _ made: Made, _ numbers: inout SeededNumbers
  ) -> (StoredItem, StoredEvent) {
    var (item, entered) = made.item()
    item.from = counties.randomElement(using: &numbers) ?? ""
    item.to = counties.randomElement(using: &numbers) ?? ""
    item.enteredAt = item.from + (Bool.random(using: &numbers) ? "001" : "")
    item.askedAt = item.to + (["", "001", "001201", "002"].randomElement(using: &numbers) ?? "")
    item.times.entered = entered.at
    return (changed(item, &numbers), entered)
  }

  /// The item after something has happened to it: a step, a correction, a refusal, its withdrawal.
  private static func changed(_ item: StoredItem, _ numbers: inout SeededNumbers) -> StoredItem {
    var item = item
    func time(_ span: ClosedRange<Int64>) -> Int64 {
      Made.noon + Int64.random(in: span, using: &numbers) * 43_200_000
    }
    switch Int.random(in: 0..<8, using: &numbers) {
    case 0, 1, 2:
      let submitted = CivilDate(chinaDateOf: time(0...90))
      item.submitted = submitted.yyyymmdd
      item.due = submitted.adding(days: Bool.random(using: &numbers) ? 15 : 30).yyyymmdd
      item.kind = .assistRequest
      item.feedbackRequired = Bool.random(using: &numbers)
      item.state = .submitted
    case 3: item.times.received = time(0...120)
    case 4, 5:
      item.times.answered = time(0...200)
      item.finding = Finding.allCases.randomElement(using: &numbers)
      item.substantiated = Bool.random(using: &numbers)
    case 6: item.assignedTo = item.to + (Bool.random(using: &numbers) ? "001" : "002202")
    default:
      item.state =
        [.refused, .withdrawn, .answered].randomElement(using: &numbers) ?? .answered
    }
    return item
  }

  /// Where the kept figures are not those counted anew.
  private static func differences(
    _ ledger: Ledger, _ items: [StoredItem], _ numbers: inout SeededNumbers
  ) async throws -> [String] {
    var differences: [String] = []
    let counted = items.compactMap(\.counted)
    for cycle in Set(counted.map(\.cycle)) {
      for level in DivisionLevel.allCases {
        let day = CivilDate(
          dayNumber: Int(Self.day) + Int.random(in: 0...150, using: &numbers))
        let kept = try await ledger.read {
          try $0.figures(of: cycle, at: level, within: "4", asOf: day)
        }
        var anew: [DivisionCode: CycleFigures] = [:]
        for item in counted where item.cycle == cycle {
          if let asking = FigureDivision.division(of: item.askingPlace, at: level) {
            anew[asking, default: CycleFigures(cycle, asOf: day)].add(submitted: item)
          }
          if let asked = FigureDivision.division(of: item.askedPlace, at: level) {
            anew[asked, default: CycleFigures(cycle, asOf: day)].add(asked: item)
          }
        }
        // Also the rows that count nothing are gone: the same divisions are there.
        if kept != anew { differences.append("\(cycle) \(level) as of \(day)") }
        let ever = try await ledger.read {
          try $0.countedDivisions(at: level, within: "4")
        }
        if !ever.isSuperset(of: anew.keys) {
          differences.append("\(cycle) \(level): who takes part")
        }
      }
    }
    return differences
  }
}

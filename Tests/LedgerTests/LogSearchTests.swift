import ExchangeRules
import Foundation
import GRDB
import GRDBSQLite
import TestSupport
import Testing

@testable import Ledger

@Suite("The log is searched by person, operator, period and item (G2)")
struct LogSearchTests {
  private static let other = LedgerActor(
    account: "li", role: "countyOperator", division: "421126")

  /// Three items of two women; each was entered here, received elsewhere, and read by somebody.
  private func filled(_ folder: TemporaryFolder) async throws -> (Ledger, [StoredItem]) {
    let made = Made(seed: 9)
    let ledger = try Ledger(path: folder.ledger)
    var items: [StoredItem] = []
    for number in 0..<3 {
      let at = Made.noon + Int64(number) * 1000
      let (item, entered) = made.item(at: at) { $0.subjectKey = number < 2 ? "one" : "other" }
      var received = made.event(of: item.id, .received, at: at + 100)
      (received.actor, received.seal) = (Self.other, [1])
      let (came, reading) = (
        received,
        TraceEntry(
          at: at + 200, actor: Self.other, action: "follow", purpose: "asked", item: item.id,
          subjectKey: item.subjectKey)
      )
      items.append(item)
      try await ledger.commit { ledger in
        _ = try ledger.insert(item, entered: entered)
        _ = try ledger.insert(came, called: came.digest, from: .elsewhere, at: came.at)
        try ledger.leaveTrace(reading)
      }
    }
    return (ledger, items)
  }

  @Test("Each question finds its lines in the order of their times, with their places")
  func questions() async throws {
    let folder = try TemporaryFolder()
    let (ledger, items) = try await filled(folder)
    let start = Made.noon
    let found = try await ledger.read { ledger in
      (
        item: try ledger.search(.item(items[1].id)), person: try ledger.search(.person("one")),
        account: try ledger.search(.account("li", start..<start + 10_000)),
        time: try ledger.search(.time(start + 1000..<start + 2000)),
        few: try ledger.search(.person("one"), limit: 2)
      )
    }
    #expect(found.item.map(\.action) == ["entered", "received", "follow"])
    #expect(found.item.map(\.place.page) == [2, 2, 2])
    #expect(found.item.map(\.place.entry) == [0, 1, 2])
    #expect(
      found.person.map(\.action) == ["entered", "received", "follow"] + found.item.map(\.action))
    #expect(found.person.map(\.at) == found.person.map(\.at).sorted())
    // What came from elsewhere is in its author's log.
    #expect(found.account.map(\.action) == ["follow", "follow", "follow"])
    #expect(found.account.map(\.words) == ["asked", "asked", "asked"])
    #expect(found.time.map(\.action) == ["entered", "follow"])
    #expect(found.few == Array(found.person.prefix(2)))
    try ledger.close()
  }

  @Test("No question looks through a table")
  func plans() throws {
    let folder = try TemporaryFolder()
    try Ledger(path: folder.ledgerFile).close()
    let file = try DatabaseQueue(path: folder.ledgerFile)
    let statements: [LedgerStatement] = [
      .eventsOfItem, .eventsOfPerson, .eventsOfAccount, .eventsInTime, .lettersOfAccount,
      .traceLinesOfItem, .traceLinesOfPerson, .traceLinesOfAccount, .traceLinesInTime,
    ]
    try file.read { file in
      for statement in statements {
        let explained = try file.makeStatement(sql: "EXPLAIN QUERY PLAN " + statement.text)
        let count = Int(sqlite3_bind_parameter_count(explained.sqliteStatement))
        explained.setUncheckedArguments(StatementArguments(repeatElement(1 as Int?, count: count)))
        let plan = try Row.fetchAll(explained).map { $0["detail"] as String }
        let scans = plan.filter { step in
          step.hasPrefix("SCAN") && !["who", "same", "CONSTANT"].contains { step.contains($0) }
        }
        #expect(scans.isEmpty, "\(statement.name): \(plan)")
      }
    }
  }
}

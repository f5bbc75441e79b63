import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import ReferenceData
import TestSupport
import Testing

@Suite(
  "S4.5: a change of calendar recomputes the open items and says which moved",
  .timeLimit(.minutes(30)))
struct CalendarImportTests {
  /// 2009 as it was, but for one more day off: the Friday after the notice was received.
  private func changed() throws -> String {
    let rows = WorkingCalendar.national.rows.filter { $0.date.year == 2009 }
    let lines = rows.map { row in
      "\(row.date),\(row.isWorked ? "workday_makeup" : "holiday"),\(row.name)"
    }
    return (["date,type,name"] + lines + ["2009-06-19,holiday,特别假日"]).joined(separator: "\n")
  }

  @Test("S4.3: under Fujian's rules the working-day clock moves, and the old date is kept")
  func moves() async throws {
    let network = try await TestNetwork.start(profile: .fujian)
    let item = Cases.assistRequest()
    let id = try await network.deliver(item)
    try await network[TestNetwork.household].receiveAll()
    let ledger = try network[TestNetwork.household].node.ledger
    let before = try await ledger.read { try $0.item(id)?.due }
    #expect(before == 2009_06_24)

    let calendarImport = try CalendarImport(csv: try changed(), over: .national)
    let outcome = try await calendarImport.run(
      in: ledger, now: network.clock.now(), by: Office.administrator)
    #expect(outcome.coveredYears == 2004...2026)
    #expect(outcome.recomputed == 1)
    #expect(outcome.moved.map(\.item) == [id])
    #expect(outcome.moved.map(\.before?.yyyymmdd) == [2009_06_24])
    #expect(outcome.moved.map(\.after.yyyymmdd) == [2009_06_25])
    #expect(try await ledger.read { try $0.item(id)?.due } == 2009_06_25)
    let kept = try await ledger.read { try $0.dueChanges(of: id) }
    // Receipt had moved it first.
    #expect(kept.map(\.reason) == ["received", "calendar"])
    #expect(kept.map(\.new) == [2009_06_24, 2009_06_25])
    #expect(kept.last?.old == 2009_06_24)

    let again = try await calendarImport.run(
      in: ledger, now: network.clock.now(), by: Office.administrator)
    #expect(again.recomputed == 1 && again.moved.isEmpty)
    try await network.stop()
  }

  @Test("Clocks of calendar days do not depend on the calendar")
  func stays() async throws {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    try await network[TestNetwork.household].receiveAll()
    let ledger = try network[TestNetwork.household].node.ledger
    let before = try await ledger.read { try $0.item(id)?.due }
    let outcome = try await CalendarImport(csv: try changed(), over: .national)
      .run(in: ledger, now: network.clock.now(), by: Office.administrator)
    #expect(outcome.recomputed == 1 && outcome.moved.isEmpty)
    #expect(try await ledger.read { try $0.item(id)?.due } == before)
    try await network.stop()
  }
}

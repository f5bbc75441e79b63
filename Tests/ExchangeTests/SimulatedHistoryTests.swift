import Exchange
import ExchangeRules
import Foundation
import Ledger
import RPC
import TestNodes
import TestSupport
import TestTLS
import Testing

@Suite("What is simulated is what the exchange would have made", .timeLimit(.minutes(5)))
struct SimulatedHistoryTests {
  @Test("A county that catches up over the link comes to the same items, events and figures")
  func catchUp() async throws {
    let folder = try TemporaryFolder()
    let run = try await ProgramRun(
      ProgramRun.built("xiecha-simulate"),
      [
        "--seed", "11", "--items", "400", "--counties", "3", "--out", ".", "--export",
        "items.jsonl",
      ], in: folder.path)
    try #require(run.exit == 0, "\(run.error)")
    let counties = Set(
      try folder.text(of: "items.jsonl").matches(of: /"to":"(44\d{4})"/).map { String($0.1) })
    #expect(counties.count == 3)
    let certificates = try TestCertificates.create(in: folder.path)
    try certificates.issue("440000")
    let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }
    var above = TestNode.Setup(.province, "440000", certificates: certificates, now: now)
    above.below = counties.sorted().map { ($0, .county) }
    let province = try await TestNode(above)
    for division in counties.sorted() {
      try certificates.issue(division)
      var setup = TestNode.Setup(.county, division, certificates: certificates, now: now)
      setup.above = "440000"
      let county = try await TestNode(setup)
      let endpoint = province.server.endpoint
      try county.joinAbove(poll: { try await Task.sleep(for: .milliseconds(20)) }, at: { endpoint })
      try await compare(county, with: province, division)
      try await county.kill()
    }
    try await province.kill()
  }

  private func compare(
    _ county: TestNode, with province: TestNode, _ division: String
  ) async throws {
    let expected = try await items(at: province, of: division)
    var found: [LedgerID: StoredItem] = [:]
    while found.count < expected.count || found.contains(where: { $1.state != expected[$0]?.state })
    {
      try await Task.sleep(for: .milliseconds(20))
      found = try await items(at: county, of: division)
    }
    for (id, item) in found {
      var (folded, simulated) = (item, try #require(expected[id]))
      // Whose side it is on is each node's own; and a store that is told of an item notes by itself that
      // it is delivered there, beside what was noted before.
      for side in [\StoredItem.inbound, \.outbound] {
        folded[keyPath: side] = simulated[keyPath: side]
      }
      (folded.heads, simulated.heads) = ([], [])
      (folded.times.delivered, simulated.times.delivered) = (0, 0)
      #expect(folded == simulated)
      let told = Set(try await county.node.ledger.read { try $0.events(of: id) })
      #expect(try await told.isSuperset(of: province.node.ledger.read { try $0.events(of: id) }))
    }
    let setAside = try await county.node.ledger.read { try $0.quarantinedCount() }
    #expect(setAside == 0)
    let code = try #require(DivisionCode(division))
    for month in 1...10 {
      let cycle = try #require(SubmissionCycle("2026-" + (month < 10 ? "0" : "") + "\(month)"))
      let closing = cycle.receiptCycle.last
      for level in [DivisionLevel.county, .township, .village] {
        let figures = try await (
          county.node.ledger.read {
            try $0.figures(of: cycle, at: level, within: division, asOf: closing)
          },
          province.node.ledger.read {
            try $0.figures(of: cycle, at: level, within: division, asOf: closing)
          }
        )
        #expect(figures.0 == figures.1, "\(cycle) \(level) of \(code)")
      }
    }
  }

  private func items(at node: TestNode, of county: String) async throws -> [LedgerID: StoredItem] {
    var items: [LedgerID: StoredItem] = [:]
    for try await page in node.node.ledger.pages(of: ItemQuery(.all)) {
      for listed in page where [listed.item.from, listed.item.to].contains(county) {
        items[listed.item.id] = listed.item
      }
    }
    return items
  }
}

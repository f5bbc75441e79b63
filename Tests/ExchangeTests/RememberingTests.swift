import Credentials
import Exchange
import ExchangeRules
import Ledger
import TestSupport
import Testing

@Suite(
  "Neighbours remember each other's logs, and see a past that is shorter or another",
  .timeLimit(.minutes(30)))
struct RememberingTests {
  private static let county = TestNetwork.residence
  private static let province = TestNetwork.province

  private func pages(of division: String, in network: TestNetwork) async throws -> Int64 {
    try await network[division].node.ledger.read { try $0.lastLogPage()?.number ?? 0 }
  }

  /// Leaves a trace, which is a page of the log.
  private func write(at division: String, in network: TestNetwork) async throws {
    let now = network.clock.now()
    try await network[division].node.ledger.commit { ledger in
      try ledger.leaveTrace(
        TraceEntry(at: now, actor: Office.administrator, action: "test", purpose: "test"))
    }
  }

  /// Waits for a line, which is written behind the commit.
  private func heard(_ line: String, of peer: String, in network: TestNetwork) async throws {
    while network.lines.count(of: line, peer: peer) == 0 {
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  private func reopen(in network: TestNetwork) async throws {
    try await network[Self.county].kill()
    try await network[Self.county].start()
  }

  @Test(
    "at each opening of the link what was written since is told, and follows what is remembered")
  func grows() async throws {
    let network = try await TestNetwork.start()
    for _ in 0..<3 {
      try await write(at: Self.county, in: network)
      let pages = try await pages(of: Self.county, in: network)
      try await reopen(in: network)
      try await network.until(Self.province) {
        try Int64($0.neighbourLog(of: Self.county).log.count) >= pages
      }
      let known = try await network[Self.province].node.ledger.read {
        try $0.neighbourLog(of: Self.county)
      }
      let page = try await network[Self.county].node.ledger.read {
        try $0.logPage(Int64(known.log.count))
      }
      #expect(known.log.root == page?.log)
      #expect(known.other == nil)
    }
    // So does the node above.
    try await network.until(Self.county) { try $0.neighbourLog(of: Self.province).log.count > 0 }
    try await network.stop()
  }

  @Test(
    "a store that was put back is shorter than its neighbour remembers: both say so", .aboutFiles)
  func shorter() async throws {
    let network = try await TestNetwork.start()
    try await write(at: Self.county, in: network)
    let backup = try await network.backUp(Self.county)
    for _ in 0..<5 { try await write(at: Self.county, in: network) }
    let pages = try await pages(of: Self.county, in: network)
    try await reopen(in: network)
    try await network.until(Self.province) {
      try Int64($0.neighbourLog(of: Self.county).log.count) >= pages
    }
    try await network[Self.county].kill()
    try await network.restore(Self.county, from: backup)
    try await network[Self.county].start()
    try await network.until(Self.province) { try $0.neighbourLog(of: Self.county).other != nil }
    try await network.until(Self.county) { try $0.neighbourLog(of: Self.province).mine != nil }
    let line = "a neighbour remembers more of this node's log than there is: the store was put back"
    try await heard(line, of: Self.province, in: network)
    let standing = try await network[Self.province].node.ledger.read { ledger in
      try ledger.linkStandings().first { $0.peer == Self.county }
    }
    #expect(try #require(standing?.other).pages >= pages)
    // What it tells from now on is remembered; once both agree, the county knows of no other.
    let now = try await self.pages(of: Self.county, in: network)
    try await network.until(Self.province) {
      try Int64($0.neighbourLog(of: Self.county).log.count) >= now
    }
    try await reopen(in: network)
    try await network.until(Self.county) { try $0.neighbourLog(of: Self.province).mine == nil }
    try await network.stop()
  }

  @Test(
    "a past that was rewritten is another one, also where it is longer; the link goes on",
    .aboutFiles)
  func other() async throws {
    let network = try await TestNetwork.start()
    try await write(at: Self.county, in: network)
    let pages = try await pages(of: Self.county, in: network)
    try await reopen(in: network)
    try await network.until(Self.province) {
      try Int64($0.neighbourLog(of: Self.county).log.count) >= pages
    }
    // The whole store is made anew, with more in it than before.
    try await network[Self.county].kill()
    try network.replaceStore(of: Self.county, by: nil)
    network.cut(Self.county)
    try await network[Self.county].start()
    for _ in 0..<pages + 5 { try await write(at: Self.county, in: network) }
    network.mend(Self.county)
    try await network.until(Self.province) { try $0.neighbourLog(of: Self.county).other != nil }
    try await heard(
      "a neighbour remembers another past of this node's log", of: Self.province, in: network)
    try await heard(
      "a neighbour's log is another than the one that is remembered", of: Self.county, in: network)
    let other = try await network[Self.province].node.ledger.read {
      try $0.neighbourLog(of: Self.county).other
    }
    #expect(try #require(other).pages >= pages)
    try await network.stop()
  }
}

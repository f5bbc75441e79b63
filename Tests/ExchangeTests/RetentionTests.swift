import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import ReferenceData
import TestSupport
import Testing
import Wire

@Suite("What came to its end leaves the view, and is removed when its time is over (G6)")
struct RetentionTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)

  /// An item that is closed everywhere.
  private func closed(in network: TestNetwork) async throws -> LedgerID {
    let id = try await network.deliverAndClose(Cases.assistRequest())
    // What a neighbour has not acknowledged is not removed.
    try await network.until(Self.asked) {
      try $0.outboxStanding(of: TestNetwork.province).waiting == 0
    }
    return id
  }

  private func listed(at office: Office) async throws -> [[UInt8]] {
    var request = ListRequest()
    request.box = .in
    return try await office.stream(Items.list, request).compactMap(\.item?.id)
  }

  /// A read of an item that is refused; nil: it is not.
  private func refusal(
    of id: LedgerID, at office: Office, as account: String = "operator"
  ) async throws -> String? {
    var request = FollowRequest()
    (request.id, request.purpose) = (id.bytes, "核对")
    do {
      _ = try await office.call(Items.follow, request, as: account)
      return nil
    } catch let failure as CallFailure {
      return failure.reason
    }
  }

  @Test("Six months after its end an item is in no list, and open to a supervisor alone")
  func view() async throws {
    let network = try await TestNetwork.start()
    let id = try await closed(in: network)
    let asked = network[Self.asked]
    try await asked.node.ledger.commit { ledger in
      try ledger.create(
        StoredAccount(
          name: "chief", role: "countySupervisor", division: Self.asked,
          verifier: Office.verifier, created: TestClock.start))
    }
    try network.clock.set("2009-12-15")
    #expect(try await listed(at: asked) == [id.bytes])
    #expect(try await refusal(of: id, at: asked) == nil)
    try network.clock.set("2009-12-20")
    #expect(try await listed(at: asked).isEmpty)
    #expect(try await refusal(of: id, at: asked) == "blocked")
    #expect(try await refusal(of: id, at: asked, as: "chief") == nil)
    try await network.stop()
  }

  @Test("What an item said is removed, a trace proves it, and the exchange goes on", .aboutFiles)
  func removal() async throws {
    let network = try await TestNetwork.start()
    let id = try await closed(in: network)
    let node = try network[Self.asked].node
    let before = try await node.ledger.read { try $0.events(of: id) }
    let policy = RetentionPolicy(itemDays: 365, traceDays: 365)
    try network.clock.set("2010-06-10")
    #expect(try await node.remove(by: policy) == Node.Removed())
    try network.clock.set("2010-06-20")
    let removed = try await node.remove(by: policy)
    #expect(removed.items == 1 && removed.waiting == 0)
    #expect(try await node.remove(by: policy).items == 0)
    let left = try await network[Self.asked].follow(id)
    #expect(left.removed > 0 && left.item == nil && left.summary?.maskedName == "")
    #expect(left.events.count == before.count && left.events.allSatisfy { $0.detail == nil })
    let after = try await node.ledger.read { try $0.events(of: id) }
    #expect(after == before)
    #expect(after.allSatisfy { $0.body.isEmpty })
    let proof = try await node.ledger.read { ledger in
      try ledger.traces(ofItem: id).filter { $0.entry.action == TraceEntry.removal }
    }
    #expect(proof.count == 1)
    let digest = before[0].digest.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    #expect(proof[0].entry.purpose == "G6 365 " + digest.joined())
    #expect(proof[0].entry.subjectKey == "")
    let audit = LedgerAudit(identity: node.identity, calendar: .national, register: .national)
    #expect(try await node.ledger.read { try audit.difference(in: $0) } == nil)

    // A neighbour that lost its store is told of all but that; its own copy is its own to remove.
    try await network[Self.asking].kill()
    try network.replaceStore(of: Self.asking, by: nil)
    try await network[Self.asking].start()
    try await network.until(id, is: .closed, at: Self.asking)
    let next = try await network.deliver(Cases.notice(.inflow, number: 7))
    #expect(try await network[Self.asked].receiveAll().map(\.id) == [next.bytes])
    try await network.stop()
  }

  @Test("A digest tells nothing of a detail that is removed: two of the same words have two")
  func salted() async throws {
    let network = try await TestNetwork.start()
    let first = try await network.deliver(Cases.assistRequest())
    let body = try await network[Self.asked].node.ledger.read { try $0.body(of: first, .entered) }
    let plain = Cases.assistRequest().encoded()
    #expect(body?.count == plain.count + 19)
    #expect(body?.prefix(plain.count) == plain[...])
    // Entered again it is the same, with another salt.
    try await network[TestNetwork.residenceTowns[0]].enter(Cases.assistRequest())
    let other = try await TestNetwork.start()
    let second = try await other.deliver(Cases.assistRequest())
    #expect(second == first)
    #expect(
      try await other[Self.asked].node.ledger.read { try $0.body(of: second, .entered) } != body)
    try await network.stop()
    try await other.stop()
  }

  @Test("What has to be kept for six months cannot be removed before")
  func bounds() {
    #expect(RetentionPolicy.dayBounds.lowerBound == 184)
  }
}

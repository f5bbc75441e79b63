import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import Synchronization
import TestSupport
import Testing

@Suite("Nothing is set aside in silence", .timeLimit(.minutes(30)))
struct SetAsideTests {
  private static let (asking, asked) = (TestNetwork.residence, TestNetwork.household)
  private static let province = TestNetwork.province

  /// A watch that looks again and again until the test ends it.
  private func watch(_ division: String, in network: TestNetwork) throws -> Task<Void, Never> {
    let watch = SetAsideWatch(
      try network[division].node, pause: { try await Task.sleep(for: .milliseconds(1)) })
    return Task { await watch.run() }
  }

  /// A network in which the asked county has received an item and cannot tell.
  private func received() async throws -> (TestNetwork, LedgerID) {
    let network = try await TestNetwork.start()
    let id = try await network.deliver(Cases.assistRequest())
    try await network.until(id, is: .delivered, at: Self.asking)
    try await network.isolate(Self.asked)
    try await network[Self.asked].receiveAll()
    return (network, id)
  }

  /// The asked county's receipt, as the province may have set it aside.
  private func receipt(
    of id: LedgerID, in network: TestNetwork, sequence: UInt64 = 1_000
  ) async throws -> QuarantinedEvent {
    let (event, outbox) = try await network[Self.asked].node.ledger.read { ledger in
      let found = try ledger.events(of: id).first { $0.kind == .received }
      var event = try #require(found)
      event.seal = try ledger.seal(of: event)
      return (event, try ledger.outboxIdentity())
    }
    return QuarantinedEvent(
      peer: Self.asked, cursor: InboxCursor(outbox: outbox, sequence: sequence), event: event.id,
      item: id, at: network.clock.now(), reason: "calendar", field: "", text: "not yet",
      body: event.bytes)
  }

  /// Sets something aside past what has come.
  private func setAside(
    _ event: QuarantinedEvent, at division: String, in network: TestNetwork
  ) async throws {
    try await network[division].node.ledger.commit { ledger in
      #expect(try ledger.inboxCursor(of: event.peer)?.outbox == event.cursor.outbox)
      _ = try ledger.quarantine(event)
    }
  }

  @Test("What can be taken when a node starts is taken by itself")
  func atTheStart() async throws {
    let (network, id) = try await received()
    try await setAside(receipt(of: id, in: network), at: Self.province, in: network)
    let watch = try watch(Self.province, in: network)
    try await network.until(id, is: .received, at: Self.province)
    let ledger = try network[Self.province].node.ledger
    #expect(try await ledger.read { try $0.quarantinedCount() } == 0)
    watch.cancel()
    try await network.stop()
  }

  @Test(
    "It is tried again when a node was registered, the clock was set, time has passed, or one asks",
    arguments: ["node", "clock", "time", "administrator"])
  func again(cause: String) async throws {
    let (network, id) = try await received()
    // Nothing of it can be read yet.
    var early = try await receipt(of: id, in: network)
    let body = early.body
    early.body = [1]
    try await setAside(early, at: Self.province, in: network)
    let looks = Mutex(0)
    let watch = SetAsideWatch(
      try network[Self.province].node,
      pause: {
        looks.withLock { $0 += 1 }
        try await Task.sleep(for: .milliseconds(1))
      })
    let task = Task { await watch.run() }
    while looks.withLock(\.self) < 2 { await Task.yield() }
    let whole = early
    try await network[Self.province].node.ledger.commit { ledger in
      for (place, _) in try ledger.setAside(of: id) { try ledger.removeSetAside(place) }
      var event = whole
      event.body = body
      event.cursor.sequence += 1
      _ = try ledger.quarantine(event)
    }
    let before = looks.withLock(\.self)
    while looks.withLock(\.self) < before + 3 { await Task.yield() }
    #expect(try await network[Self.province].node.ledger.read { try $0.quarantinedCount() } == 1)
    switch cause {
    case "node":
      try await network[Self.province].node.ledger.commit { ledger in
        try ledger.register(
          RegisteredNode(division: "440307", name: "龙岗区", fingerprint: [], registered: 1))
      }
    case "clock": try network.clock.set("2009-06-17", hour: 11)
    case "time": try network.clock.set("2009-06-18")
    default:
      let now = network.clock.now()
      try await network[Self.province].node.ledger.commit { try $0.askForAttention(at: now) }
    }
    try await network.until(id, is: .received, at: Self.province)
    task.cancel()
    try await network.stop()
  }

  @Test("What is taken at last is no objection any more at its sender, though the link stays open")
  func settled() async throws {
    let (network, id) = try await received()
    network.mend(Self.asked)
    try await network.until(id, is: .received, at: Self.asking)
    let watch = try watch(Self.province, in: network)
    let event = try await receipt(of: id, in: network)
    var objection = event
    objection.peer = Self.province
    let kept = objection
    try await network[Self.asked].node.ledger.commit { try $0.keep(objection: kept) }
    let now = network.clock.now()
    try await network[Self.province].node.ledger.commit { ledger in
      _ = try ledger.quarantine(event)
      try ledger.askForAttention(at: now)
    }
    try await network.until(Self.asked) { try $0.objectionCount() == 0 }
    let ledger = try network[Self.province].node.ledger
    #expect(try await ledger.read { try $0.quarantinedCount() } == 0)
    watch.cancel()
    try await network.stop()
  }

  @Test("What was put away is tried no more, stays on record with the reason, and is no objection")
  func dismissed() async throws {
    let (network, id) = try await received()
    network.mend(Self.asked)
    try await network.until(id, is: .received, at: Self.asking)
    let watch = try watch(Self.province, in: network)
    var event = try await receipt(of: id, in: network)
    event.body = [1]
    var objection = event
    objection.peer = Self.province
    let (kept, bad) = (objection, event)
    try await network[Self.asked].node.ledger.commit { try $0.keep(objection: kept) }
    let now = network.clock.now()
    let dismissal = QuarantinedEvent.Dismissal(at: now, by: "root", reason: "试验")
    try await network[Self.province].node.ledger.commit { ledger in
      _ = try ledger.quarantine(bad)
      #expect(try ledger.dismiss(bad.cursor.sequence, of: bad.peer, dismissal) == 1)
      #expect(try ledger.dismiss(bad.cursor.sequence, of: bad.peer, dismissal) == 0)
    }
    try await network.until(Self.asked) { try $0.objectionCount() == 0 }
    let ledger = try network[Self.province].node.ledger
    #expect(try await ledger.read { try $0.quarantinedCount() } == 0)
    #expect(try await ledger.read { try $0.quarantined(limit: 9) }.map(\.dismissal) == [dismissal])
    let standing = try await ledger.read { try $0.linkStandings() }
    #expect(standing.first { $0.peer == Self.asked }?.dismissed == 1)
    watch.cancel()
    try await network.stop()
  }
}

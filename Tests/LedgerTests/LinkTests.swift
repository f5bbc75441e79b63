import ExchangeRules
import TestSupport
import Testing

@testable import Ledger

@Suite("What goes to the peers and what comes from them") struct LinkTests {
  let folder: TemporaryFolder
  let made = Made(seed: 40)

  init() throws { folder = try TemporaryFolder() }

  @Test("Each peer's sequences grow by one and are given out once, also after reopening")
  func sequences() async throws {
    let peers = ["44", "440305001", "440305002"]
    var expected: [String: UInt64] = [:]
    for round in 0..<3 {
      let ledger = try Ledger(path: folder.ledger)
      let (item, entered) = made.item()
      try await ledger.commit { try $0.insert(item, entered: entered) }
      for _ in 0..<20 {
        let peer = peers[made.number(below: peers.count)]
        let sequence = try await ledger.commit { try $0.append(entered.id, toOutboxOf: peer) }
        expected[peer, default: 0] += 1
        #expect(sequence == expected[peer])
        if made.number(below: 3) == 0 {
          try await ledger.commit { try $0.acknowledge(sequence, by: peer) }
        }
      }
      let known = expected
      for peer in peers {
        let standing = try await ledger.read { try $0.outboxStanding(of: peer) }
        #expect(standing.last == known[peer] ?? 0, "round \(round)")
        let entries = try await ledger.read { try $0.outbox(for: peer, after: 0, limit: 100) }
        let waiting = Array((standing.acknowledged + 1)..<(standing.last + 1))
        #expect(entries.map(\.sequence) == waiting)
        #expect(standing.waiting == UInt64(waiting.count))
      }
      try ledger.close()
    }
  }

  @Test("An event that is not here cannot be sent")
  func unknownEvent() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let stranger = made.id()
    let failure = await #expect(throws: LedgerFailure.self) {
      try await ledger.commit { try $0.append(stranger, toOutboxOf: "44") }
    }
    #expect(failure?.reason == .unknownItem)
    #expect(try await ledger.read { try $0.outboxStanding(of: "44") }.last == 0)
  }

  @Test("An acknowledgement of what was never sent is refused; a repeated one changes nothing")
  func acknowledgements() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let (item, entered) = made.item()
    try await ledger.commit { transaction in
      _ = try transaction.insert(item, entered: entered)
      for _ in 0..<5 { try transaction.append(entered.id, toOutboxOf: "44") }
    }
    for wrong in [6, UInt64(Int64.max), .max] {
      let failure = await #expect(throws: LedgerFailure.self) {
        try await ledger.commit { try $0.acknowledge(wrong, by: "44") }
      }
      #expect(failure?.reason == .sequence)
    }
    for sequence: UInt64 in [3, 1, 3] {
      try await ledger.commit { try $0.acknowledge(sequence, by: "44") }
      let standing = try await ledger.read { try $0.outboxStanding(of: "44") }
      #expect(standing == OutboxStanding(last: 5, acknowledged: 3))
    }
    let rest = try await ledger.read { try $0.outbox(for: "44", after: 4, limit: 10) }
    #expect(rest.map(\.sequence) == [5])
    #expect(rest.map(\.event) == [entered])
  }

  @Test("A cursor goes forward only, and starts anew for another outbox identity")
  func cursors() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let table: [(to: InboxCursor, moved: Bool)] = [
      (InboxCursor(outbox: "a", sequence: 3), true), (InboxCursor(outbox: "a", sequence: 3), false),
      (InboxCursor(outbox: "a", sequence: 2), false), (InboxCursor(outbox: "a", sequence: 9), true),
      (InboxCursor(outbox: "b", sequence: 1), true),
    ]
    #expect(try await ledger.read { try $0.inboxCursor(of: "44") } == nil)
    for row in table {
      #expect(try await ledger.commit { try $0.moveInboxCursor(of: "44", to: row.to) } == row.moved)
    }
    #expect(
      try await ledger.read { try $0.inboxCursor(of: "44") }
        == InboxCursor(outbox: "b", sequence: 1))
    let failure = await #expect(throws: LedgerFailure.self) {
      try await ledger.commit {
        try $0.moveInboxCursor(of: "44", to: InboxCursor(outbox: "b", sequence: .max))
      }
    }
    #expect(failure?.reason == .sequence)
  }

  @Test("What will never be taken is kept with its reason, once, and the cursor moves on")
  func quarantine() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let bad = QuarantinedEvent(
      peer: "44", cursor: InboxCursor(outbox: "a", sequence: 7), event: made.id(), item: nil,
      at: Made.noon, reason: "unroutable", field: "item.to", text: "no way to 999999",
      body: [1, 2])
    #expect(try await ledger.commit { try $0.quarantine(bad) } == true)
    #expect(try await ledger.commit { try $0.quarantine(bad) } == false)
    #expect(try await ledger.read { try $0.quarantined(limit: 10) } == [bad])
    #expect(try await ledger.read { try $0.quarantinedCount() } == 1)
    #expect(try await ledger.read { try $0.inboxCursor(of: "44") } == bad.cursor)
  }

  @Test("Of what one peer sends and is never taken, only so much is kept: the newest, each whole")
  func quarantineLimit() async throws {
    let ledger = try Ledger(path: folder.ledger)
    func setAside(_ peer: String, _ sequence: UInt64, bytes: Int) async throws -> Int {
      let bad = QuarantinedEvent(
        peer: peer, cursor: InboxCursor(outbox: "a", sequence: sequence), event: nil, item: nil,
        at: Made.noon, reason: "unroutable", field: "", text: "",
        body: [UInt8](repeating: 1, count: bytes))
      return try await ledger.commit { ledger in
        try ledger.quarantine(bad)
        return try ledger.pruneQuarantine(of: peer, to: 3, bytes: 100_000)
      }
    }
    #expect(try await setAside("45", 1, bytes: 60_000) == 0)
    for sequence in UInt64(1)...5 {
      #expect(try await setAside("44", sequence, bytes: 10) == (sequence > 3 ? 1 : 0))
    }
    let kept = try await ledger.read { try $0.quarantined(limit: 10) }
    #expect(kept.map(\.cursor.sequence) == [5, 4, 3, 1])
    #expect(kept.map(\.body.count) == [10, 10, 10, 60_000])
    // By bytes too: of two that are too much together, the older goes.
    #expect(try await setAside("45", 2, bytes: 60_000) == 1)
  }

  /// Two nodes and a link that loses, repeats and breaks off what it likes; nodes are reopened at
  /// random moments.
  ///
  /// Whatever happens, everything arrives once, in order.
  @Test("Nothing is lost and nothing doubled over a bad link", arguments: 0..<6)
  func badLink(seed: Int) async throws {
    var random = SeededNumbers(seed: UInt64(seed) &* 77 &+ 5)
    let made = Made(seed: UInt64(seed) + 400)
    var ends = [
      try LinkEnd(path: folder.ledger("a"), peer: "B"),
      try LinkEnd(path: folder.ledger("b"), peer: "A"),
    ]
    var entered: [[LedgerID]] = [[], []]
    for step in 0..<300 {
      let side = Int.random(in: 0...1, using: &random)
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<3 where step < 250:
        entered[side].append(try await ends[side].enter(made))
      case 3..<8:
        // A page is read, part of it arrives, maybe twice; the acknowledgement may be lost.
        let page = try await ends[side].page(limit: Int.random(in: 1...8, using: &random))
        let arriving = page.prefix(Int.random(in: 0...page.count, using: &random))
        for _ in 0...Int.random(in: 0...1, using: &random) {
          try await ends[1 - side].take(Array(arriving), from: ends[side])
        }
        if Bool.random(using: &random) {
          try await ends[side].acknowledged(try await ends[1 - side].cursor)
        }
      case 8:
        try ends[side].reopen()
      default:
        // After a break the receiver says where it stands, and the sender starts from there.
        try await ends[side].resume(with: ends[1 - side])
      }
    }
    for side in 0...1 {
      while true {
        try await ends[side].resume(with: ends[1 - side])
        let page = try await ends[side].page(limit: 50)
        if page.isEmpty { break }
        try await ends[1 - side].take(page, from: ends[side])
        try await ends[side].acknowledged(try await ends[1 - side].cursor)
      }
      #expect(ends[1 - side].taken == entered[side])
      let waiting = try await ends[side].ledger.read { [peer = ends[side].peer] in
        try $0.outboxStanding(of: peer).waiting
      }
      #expect(waiting == 0)
      let received = try await ends[1 - side].ledger.read { try $0.count(ItemQuery(.inbound)) }
      #expect(received == entered[side].count)
    }
  }
}

/// One node at an end of a link.
struct LinkEnd {
  let path: String
  let peer: String
  var ledger: Ledger
  /// The items that were new here, in the order in which they were taken.
  var taken: [LedgerID] = []
  private var sentThrough: UInt64 = 0

  init(path: String, peer: String) throws {
    self.path = path
    self.peer = peer
    ledger = try Ledger(path: path)
  }

  mutating func reopen() throws {
    try ledger.close()
    ledger = try Ledger(path: path)
    sentThrough = 0
  }

  func enter(_ made: Made) async throws -> LedgerID {
    let (item, entered) = made.item()
    try await ledger.commit { [peer] transaction in
      _ = try transaction.insert(item, entered: entered)
      try transaction.append(entered.id, toOutboxOf: peer)
    }
    return item.id
  }

  mutating func page(limit: Int) async throws -> [OutboxEntry] {
    let page = try await ledger.read { [peer, sentThrough] in
      try $0.outbox(for: peer, after: sentThrough, limit: limit)
    }
    if let last = page.last { sentThrough = last.sequence }
    return page
  }

  mutating func resume(with receiver: LinkEnd) async throws {
    let identity = try await ledger.read { try $0.outboxIdentity() }
    let cursor = try await receiver.ledger.read { [peer = receiver.peer] in
      try $0.inboxCursor(of: peer)
    }
    sentThrough = cursor.map { $0.outbox == identity ? $0.sequence : 0 } ?? 0
    try await acknowledged(sentThrough)
  }

  /// The last sequence of the peer that is on this end's disk: what it acknowledges.
  var cursor: UInt64 {
    get async throws {
      try await ledger.read { [peer] in try $0.inboxCursor(of: peer)?.sequence ?? 0 }
    }
  }

  func acknowledged(_ sequence: UInt64) async throws {
    try await ledger.commit { [peer] in try $0.acknowledge(sequence, by: peer) }
  }

  /// Takes what is next; what is missing in between waits for the sender to resume.
  mutating func take(_ entries: [OutboxEntry], from sender: LinkEnd) async throws {
    let identity = try await sender.ledger.read { try $0.outboxIdentity() }
    for entry in entries {
      let isNew = try await ledger.commit { [peer] transaction -> Bool in
        let last = try transaction.inboxCursor(of: peer)?.sequence ?? 0
        guard entry.sequence == last + 1 else { return false }
        var item = StoredItem(
          id: entry.event.item, kind: .assistRequest, category: .basic, from: "440305",
          to: "421126",
          enteredAt: "440305001")
        item.inbound = true
        let outcome = try transaction.insert(item, entered: entry.event)
        try transaction.moveInboxCursor(
          of: peer, to: InboxCursor(outbox: identity, sequence: entry.sequence))
        return outcome == .new
      }
      if isNew { taken.append(entry.event.item) }
    }
  }
}

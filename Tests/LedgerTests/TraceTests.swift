import Credentials
import TestSupport
import Testing

@testable import Ledger

@Suite("No reading without a trace (G2)") struct TraceTests {
  let folder: TemporaryFolder
  let made = Made(seed: 60)

  init() throws { folder = try TemporaryFolder() }

  @Test("A person can be given the list of who read what of her, under all her keys")
  func lists() async throws {
    let ledger = try open()
    let items = [made.id(), made.id()]
    let keys = ["k1", "k2", "k1", "k3", "k1"]
    let entries = keys.enumerated().map { place, key in
      TraceEntry(
        at: Made.noon + Int64(place), actor: Made.operatorA, action: "follow",
        purpose: "to answer \(place)", item: place == 4 ? nil : items[place % 2], subjectKey: key)
    }
    try await ledger.commit { transaction in
      for entry in entries { try transaction.leaveTrace(entry) }
    }
    let of = try await ledger.read { try $0.traces(ofSubject: "k1") }
    #expect(of.map(\.number) == [1, 3, 5])
    #expect(of.map(\.entry) == [0, 2, 4].map { entries[$0] })
    #expect(try await ledger.read { try $0.traces(ofItem: items[1]) }.map(\.number) == [2, 4])
    try await ledger.commit {
      try $0.merge("k2", into: "k1", at: 1, by: Made.operatorA, reason: "same number")
    }
    #expect(
      try await ledger.read { try $0.traces(ofSubject: "k1") }.map(\.number) == [1, 2, 3, 5])
    #expect(
      try await ledger.read { try $0.traces(ofSubject: "k1", after: 1, limit: 2) }.map(\.number)
        == [2, 3])
    #expect(try await ledger.read { try $0.traces(ofSubject: "") } == [])
  }

  @Test("What an account did in a time, and all that was done in it, by time and page by page")
  func search() async throws {
    let ledger = try open()
    let times: [Int64] = [40, 10, 30, 30, 20, 50]
    let other = LedgerActor(account: "li", role: "countyNode", division: "440305")
    let actors = [Made.operatorA, other]
    let entries = times.enumerated().map { place, time in
      TraceEntry(
        at: time, actor: actors[place % 2], action: "follow",
        purpose: "to answer")
    }
    try await ledger.commit { ledger in for entry in entries { try ledger.leaveTrace(entry) } }
    let account = Made.operatorA.account
    try await ledger.read { ledger in
      #expect(try ledger.traces(by: nil, in: 10..<50).map(\.number) == [2, 5, 3, 4, 1])
      #expect(try ledger.traces(by: account, in: 20..<40).map(\.number) == [5, 3])
      #expect(try ledger.traces(by: "nobody", in: 0..<99) == [])
      var found: [StoredTrace] = []
      while true {
        let page = try ledger.traces(by: nil, in: 0..<99, after: found.last, limit: 1)
        if page.isEmpty { break }
        found += page
      }
      #expect(found.map(\.number) == [2, 5, 3, 4, 1, 6])
    }
  }

  @Test("The chain is intact over reopening, and its head is the last row")
  func intact() async throws {
    let empty = try open()
    #expect(try await empty.read { try $0.verifyTrace() } == .intact(.empty))
    try empty.close()
    for round in 1...3 {
      let ledger = try open()
      let head = try await leave(10, in: ledger)
      #expect(head.number == Int64(round * 10))
      #expect(try await ledger.read { try $0.traceHead() } == head)
      #expect(try await ledger.read { try $0.verifyTrace(holding: head) } == .intact(head))
      try ledger.close()
    }
  }

  @Test("An act whose trace cannot be written is not done")
  func untraceable() async throws {
    var ledger = try open()
    try ledger.close()
    try folder.intrude(
      TestStore.server == nil
        ? """
        CREATE TRIGGER no_trace BEFORE INSERT ON trace
        BEGIN SELECT RAISE(ABORT, 'not now'); END
        """
        : """
        CREATE TRIGGER no_trace BEFORE INSERT ON trace
        FOR EACH ROW EXECUTE FUNCTION refuse_change('not now')
        """)
    ledger = try open()
    let node = RegisteredNode(division: "440306", name: "n", fingerprint: [], registered: 1)
    await #expect(throws: (any Error).self) {
      try await ledger.commit { ledger in
        try ledger.register(node)
        try ledger.leaveTrace(
          TraceEntry(at: 1, actor: Made.operatorA, action: "node-register", purpose: "440306"))
      }
    }
    #expect(try await ledger.read { try $0.node("440306") } == nil)
  }

  @Test("SQL cannot change or delete a row")
  func triggers() async throws {
    let ledger = try open()
    _ = try await leave(3, in: ledger)
    try ledger.close()
    for sql in ["UPDATE trace SET purpose = 'x'", "DELETE FROM trace WHERE number = 3"] {
      #expect(throws: (any Error).self) { try folder.intrude(sql) }
    }
  }

  @Test(
    "What was changed, taken out or put in behind the program's back shows, at its row",
    arguments: [
      ("UPDATE trace SET purpose = 'inspection' WHERE number = 5", 5),
      ("UPDATE trace SET at = at + 1 WHERE number = 1", 1),
      ("UPDATE trace SET account = 'zhao' WHERE number = 10", 10),
      ("UPDATE trace SET item = NULL WHERE number = 4", 4),
      ("UPDATE trace SET subject_key = '', purpose = purpose || subject_key WHERE number = 7", 7),
      ("UPDATE trace SET hash = previous WHERE number = 6", 6),
      ("DELETE FROM trace WHERE number = 5", 5),
      ("DELETE FROM trace WHERE number = 1", 1),
      ("DELETE FROM trace WHERE number = 10", 10),
      ("DELETE FROM trace", 1),
      (
        """
        INSERT INTO trace SELECT 11, at, account, role, division, action, purpose, item,
          subject_key, hash, hash, page, entry, salt, person_digest FROM trace WHERE number = 10
        """, 11
      ),
    ])
  func tampering(sql: String, row: Int64) async throws {
    let ledger = try open()
    let head = try await leave(10, in: ledger)
    try ledger.close()
    try folder.intrude("DROP TRIGGER trace_is_final; DROP TRIGGER trace_is_kept; \(sql)")
    let again = try open()
    let verdict = try await again.read { try $0.verifyTrace(holding: head) }
    #expect(verdict == .broken(at: row))
  }

  @Test("A chain rebuilt after a change does not hold the head that was kept elsewhere")
  func rebuilt() async throws {
    let ledger = try open()
    let head = try await leave(10, in: ledger)
    let other = try Ledger(path: folder.ledger("other"))
    let forged = try await leave(12, in: other, purpose: "inspection")
    #expect(try await other.read { try $0.verifyTrace() } == .intact(forged))
    #expect(try await other.read { try $0.verifyTrace(holding: head) } == .broken(at: 10))
  }

  @Test("A row's hash is SHA-256 over the one before and each field, what names a person salted")
  func hash() async throws {
    let ledger = try open()
    let item = try #require(LedgerID([UInt8](repeating: 0x11, count: 16)))
    let entry = TraceEntry(
      at: 258, actor: LedgerActor(account: "a", role: "bc", division: ""), action: "d",
      purpose: "查", item: item, subjectKey: "k")
    let head = try await ledger.commit { try $0.leaveTrace(entry) }
    func field(_ bytes: [UInt8]) -> [UInt8] {
      [0, 0, 0, 0, 0, 0, 0, UInt8(bytes.count)] + bytes
    }
    let traces = try await ledger.read { try $0.traces() }
    let salt = try #require(traces.first).salt
    #expect(salt.count == 16)
    var bytes = Array("xiecha trace 2".utf8) + [UInt8](repeating: 0, count: 32)
    bytes += [0, 0, 0, 0, 0, 0, 0, 1]
    bytes += [0, 0, 0, 0, 0, 0, 1, 2]
    for text in [item.bytes, [97], [98, 99], [], [100]] { bytes += field(text) }
    bytes += SHA256Digest.of(salt + field([0xe6, 0x9f, 0xa5]) + field([107]))
    #expect(head.hash == SHA256Digest.of(bytes))
  }

  private func open() throws -> Ledger {
    try Ledger(path: folder.ledger)
  }

  private func leave(
    _ count: Int, in ledger: Ledger, purpose: String = "to answer"
  ) async throws -> TraceHead {
    let item = made.id()
    return try await ledger.commit { transaction in
      var head = TraceHead.empty
      for place in 0..<count {
        head = try transaction.leaveTrace(
          TraceEntry(
            at: Made.noon + Int64(place), actor: Made.operatorA, action: "follow",
            purpose: purpose, item: item, subjectKey: "k"))
      }
      return head
    }
  }
}

import GRDB
import Ledger
import Testing

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

  @Test("SQL cannot change or delete a row")
  func triggers() async throws {
    let ledger = try open()
    _ = try await leave(3, in: ledger)
    try ledger.close()
    let intruder = try DatabaseQueue(path: folder.ledger)
    for sql in ["UPDATE trace SET purpose = 'x'", "DELETE FROM trace WHERE number = 3"] {
      #expect(throws: DatabaseError.self) { try intruder.write { try $0.execute(sql: sql) } }
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
          subject_key, hash, hash FROM trace WHERE number = 10
        """, 11
      ),
    ])
  func tampering(sql: String, row: Int64) async throws {
    let ledger = try open()
    let head = try await leave(10, in: ledger)
    try ledger.close()
    let intruder = try DatabaseQueue(path: folder.ledger)
    try await intruder.write { database in
      try database.execute(
        sql: "DROP TRIGGER trace_is_final; DROP TRIGGER trace_is_kept; \(sql)")
    }
    try intruder.close()
    let again = try open()
    let verdict = try await again.read { try $0.verifyTrace(holding: head) }
    #expect(verdict == .broken(at: row))
  }

  @Test("A chain rebuilt after a change does not hold the head that was kept elsewhere")
  func rebuilt() async throws {
    let ledger = try open()
    let head = try await leave(10, in: ledger)
    let other = try Ledger(
      path: folder.file("other.sqlite"), options: LedgerOptions(digest: Self.digest))
    let forged = try await leave(12, in: other, purpose: "inspection")
    #expect(try await other.read { try $0.verifyTrace() } == .intact(forged))
    #expect(try await other.read { try $0.verifyTrace(holding: head) } == .broken(at: 10))
  }

  @Test("Without a digest no trace can be left")
  func noDigest() async throws {
    let ledger = try Ledger(path: folder.ledger)
    let entry = TraceEntry(at: 1, actor: Made.operatorA, action: "follow", purpose: "p")
    let failure = await #expect(throws: LedgerFailure.self) {
      try await ledger.commit { try $0.leaveTrace(entry) }
    }
    #expect(failure?.reason == .invalid)
  }

  private func open() throws -> Ledger {
    try Ledger(path: folder.ledger, options: LedgerOptions(digest: Self.digest))
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

  /// Stands for SHA-256 here: 32 bytes that depend on every byte and its place.
  static let digest: LedgerDigest = { bytes in
    (UInt64(0)..<4).flatMap { lane -> [UInt8] in
      var state = SplitMix64(state: lane)
      var word = state.next()
      for byte in bytes {
        state.state = word ^ UInt64(byte)
        word = state.next()
      }
      return withUnsafeBytes(of: word.bigEndian, Array.init)
    }
  }
}

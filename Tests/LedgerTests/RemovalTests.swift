import Credentials
import ExchangeRules
import Foundation
import TestSupport
import Testing

@testable import Ledger

@Suite("What is kept of persons can be removed, and the proof of the rest stands (G6, PIPL 47)")
struct RemovalTests {
  private struct Signer: LogSigner {
    let fingerprint = [UInt8](repeating: 9, count: 32)
    func sign(_ bytes: [UInt8], at time: Int64) -> [UInt8] { SHA256Digest.of([7] + bytes) }
  }

  private static let words = "nobody knows this sentence"
  private let folder: TemporaryFolder
  private let made = Made(seed: 41)

  init() throws { folder = try TemporaryFolder() }

  private func open() throws -> Ledger {
    let ledger = try Ledger(path: folder.ledger)
    ledger.sign(by: Signer())
    return ledger
  }

  /// A closed item about somebody, and a reading of it.
  private func fill(_ ledger: Ledger) async throws -> LedgerID {
    let (item, entered) = made.item(body: Array(Self.words.utf8)) { $0.subjectKey = "somebody" }
    let closed = made.event(of: item.id, .closed, at: Made.noon + 1000)
    let reading = TraceEntry(
      at: Made.noon + 500, actor: Made.operatorA, action: "follow", purpose: Self.words,
      item: item.id, subjectKey: "somebody")
    try await ledger.commit { ledger in
      _ = try ledger.insert(item, entered: entered)
      _ = try ledger.insert(closed)
      _ = try ledger.update(item.id, ItemChange(.closed, at: closed.at))
      try ledger.leaveTrace(reading)
    }
    return item.id
  }

  private func verdict(_ ledger: Ledger) async throws -> LogVerdict {
    try await ledger.read { ledger in
      try ledger.verifyLog(
        isSigned: { $0.signature == Signer().sign($0.statement, at: 0) }, isSealed: { _ in false })
    }
  }

  private func isIntact(_ ledger: Ledger) async throws -> Bool {
    guard case .intact = try await verdict(ledger),
      case .intact = try await ledger.read({
        try $0.verifyTrace()
      })
    else { return false }
    return true
  }

  @Test("An item that came to its end is found by when it did, and what it says is removed once")
  func item() async throws {
    let ledger = try open()
    let id = try await fill(ledger)
    let end = Made.noon + 1000
    let before = try await ledger.read { try $0.events(of: id) }
    #expect(try await ledger.read { try $0.itemsDone(before: end) }.isEmpty)
    #expect(try await ledger.read { try $0.itemsDone(before: end + 1) }.map(\.item) == [id])
    let removal = try await ledger.commit { try $0.remove(id, at: end + 2) }
    #expect(removal == Removal(entered: before[0].digest, events: 1))
    #expect(try await ledger.commit { try $0.remove(id, at: end + 3) } == nil)
    #expect(try await ledger.read { try $0.itemsDone(before: end + 1) }.isEmpty)
    let (item, after) = try await ledger.read { (try $0.item(id), try $0.events(of: id)) }
    #expect(item?.subjectKey == "" && item?.maskedName == "" && item?.maskedCitizenID == "")
    #expect(item?.removed == end + 2)
    #expect(after.map(\.digest) == before.map(\.digest))
    // Told again by a neighbour, it is the same event.
    #expect(after == before)
    #expect(after[0].body.isEmpty && after[0].bodyDigest == SHA256Digest.of(before[0].body))
    #expect(try await ledger.read { try $0.body(of: id, .entered) } == nil)
    #expect(try await isIntact(ledger))
    try ledger.close()
  }

  @Test("What waits for a neighbour is not removed before it is taken")
  func waiting() async throws {
    let ledger = try open()
    let id = try await fill(ledger)
    let done = try await ledger.read { try $0.itemsDone(before: .max) }
    #expect(try await ledger.read { try $0.taken(done) }.map(\.item) == [id])
    try await ledger.commit { try $0.append(historyOf: id, toOutboxOf: "440000") }
    #expect(try await ledger.read { try $0.taken(done) }.isEmpty)
    try await ledger.commit { try $0.acknowledge(2, by: "440000") }
    #expect(try await ledger.read { try $0.taken(done) }.map(\.item) == [id])
    try ledger.close()
  }

  @Test("A trace no longer says of whom and why, still who read what and when; the chain holds")
  func traces() async throws {
    let ledger = try open()
    let id = try await fill(ledger)
    _ = try await ledger.commit { try $0.remove(id, at: Made.noon + 2000) }
    try await ledger.commit { ledger in
      try ledger.leaveTrace(
        TraceEntry(
          at: Made.noon + 2000, actor: Made.operatorA, action: TraceEntry.removal,
          purpose: "G6 digest", item: id))
    }
    let early = try await ledger.commit { try $0.removePersons(fromTracesBefore: Made.noon) }
    #expect(early.removed == 0 && early.isDone)
    let late = try await ledger.commit { try $0.removePersons(fromTracesBefore: .max) }
    #expect(late.removed == 1 && late.isDone)
    #expect(try await ledger.commit { try $0.removePersons(fromTracesBefore: .max) }.removed == 0)
    let traces = try await ledger.read { try $0.traces() }
    #expect(traces.map(\.isRemoved) == [true, false])
    #expect(traces[0].entry.purpose == "" && traces[0].entry.subjectKey == "")
    #expect(traces[0].entry.item == id && traces[0].entry.action == "follow")
    #expect(traces[1].entry.purpose == "G6 digest")
    #expect(try await isIntact(ledger))
    try ledger.close()
    // What the server has written over is its people's matter (`VACUUM`).
    guard TestStore.server == nil else { return }
    let file = FileManager.default.contents(atPath: folder.ledgerFile) ?? Data()
    #expect(!file.isEmpty)
    #expect(file.range(of: Data("somebody".utf8)) == nil)
    #expect(file.range(of: Data(Self.words.utf8)) == nil)
  }

  @Test("Nothing but a removal changes an event or a trace, and one that lies is found")
  func forged() async throws {
    let ledger = try open()
    _ = try await fill(ledger)
    try ledger.close()
    let digest = "x'\(String(repeating: "00", count: 32))'"
    for change in [
      "UPDATE item_event SET body = x'00'", "UPDATE item_event SET body_digest = \(digest)",
      "UPDATE item_event SET at = 1, body = x'', body_digest = \(digest)",
      "UPDATE trace SET purpose = ''", "UPDATE trace SET person_digest = \(digest)",
      "UPDATE trace SET account = 'x', salt = x'', purpose = '', subject_key = '', "
        + "person_digest = \(digest)",
    ] {
      #expect(throws: (any Error).self, "\(change)") { try folder.intrude(change) }
    }
    try folder.intrude("UPDATE item_event SET body = x'', body_digest = \(digest) WHERE kind = 1")
    let changed = try open()
    #expect(try await verdict(changed) == .broken(page: 1, entry: 0, .entry))
    try changed.close()
  }

  @Test("A trace from before there were salts stays as it is, and so does its place in the chain")
  func unsalted() async throws {
    let ledger = try open()
    try ledger.close()
    var old = StoredTrace(
      number: 1,
      entry: TraceEntry(
        at: Made.noon, actor: Made.operatorA, action: "follow", purpose: "before",
        subjectKey: "somebody"))
    let head = TraceHead.empty.hash
    let hash = TraceChain.hash(of: old, after: head)
    let (entry, actor) = (old.entry, old.entry.actor)
    func hex(_ bytes: [UInt8]) -> String {
      "x'\(bytes.map { String(format: "%02x", $0) }.joined())'"
    }
    try folder.intrude(
      """
      INSERT INTO trace (number, at, account, role, division, action, purpose, subject_key,
        previous, hash) VALUES (1, \(entry.at), '\(actor.account)', '\(actor.role)',
        '\(actor.division)', '\(entry.action)', '\(entry.purpose)', '\(entry.subjectKey)',
        \(hex(head)), \(hex(hash)))
      """)
    let again = try open()
    _ = try await fill(again)
    #expect(try await isIntact(again))
    let removed = try await again.commit { try $0.removePersons(fromTracesBefore: .max) }
    #expect(removed.removed == 1)
    #expect(try await again.read { try $0.traces() }.map(\.entry.purpose) == ["before", ""])
    #expect(try await isIntact(again))
    // The old form says nothing that the new one could be taken for.
    old.salt = [1]
    #expect(TraceChain.hash(of: old, after: head) != hash)
    try again.close()
  }
}

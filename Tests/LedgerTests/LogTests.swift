import Credentials
import ExchangeRules
import TestSupport
import Testing

@testable import Ledger

@Suite("The log: a signed page for each commit, from which nothing can be taken")
struct LogTests {
  /// Signs by a hash that nobody else can make, for want of a key.
  private struct Signer: LogSigner {
    let fingerprint = [UInt8](repeating: 9, count: 32)
    func sign(_ bytes: [UInt8], at _: Int64) -> [UInt8] { SHA256Digest.of([7] + bytes) }
  }

  /// A signer whose certificate is not valid now.
  private struct EndedSigner: LogSigner {
    let fingerprint = [UInt8](repeating: 9, count: 32)
    func sign(_: [UInt8], at time: Int64) throws -> [UInt8] {
      throw LedgerFailure(.cannotSign, "\(time)")
    }
  }

  private let folder: TemporaryFolder
  private let made = Made(seed: 3)

  init() throws { folder = try TemporaryFolder() }

  private func open(isSigned: Bool = true) throws -> Ledger {
    let ledger = try Ledger(path: folder.ledger)
    if isSigned { ledger.sign(by: Signer()) }
    return ledger
  }

  private func isSigned(_ page: LogPage) -> Bool {
    page.signature == Signer().sign(page.statement, at: page.at)
  }

  private func verdict(_ ledger: Ledger, holding known: (page: Int64, log: [UInt8])? = nil)
    async throws -> LogVerdict
  {
    try await ledger.read { [self] in
      try $0.verifyLog(holding: known, isSigned: isSigned, isSealed: { $0.seal == [1] })
    }
  }

  @Test("What cannot be signed is not kept, and whoever asked is told")
  func cannotSign() async throws {
    let ledger = try open()
    ledger.sign(by: EndedSigner())
    let (item, entered) = made.item()
    let failure = await #expect(throws: LedgerFailure.self) {
      try await ledger.commit { try $0.insert(item, entered: entered) }
    }
    #expect(failure == LedgerFailure(.cannotSign, "\(entered.at)"))
    #expect(try await ledger.read { try $0.count(ItemQuery(.all)) } == 0)
    ledger.sign(by: Signer())
    #expect(try await ledger.commit { try $0.insert(item, entered: entered) } == .new)
    guard case .intact(let summary) = try await verdict(ledger) else {
      Issue.record("the log is not intact")
      return
    }
    #expect((summary.pages, summary.unsigned) == (1, 0))
  }

  /// Five commits: an item with its entry, an event of it, a reading, an event that came, a refusal.
  private func fill(_ ledger: Ledger) async throws -> LedgerID {
    let (item, entered) = made.item()
    let (submitted, received) = (
      made.event(of: item.id, .submitted), made.event(of: item.id, .received)
    )
    var came = received
    came.seal = [1]
    let sealed = came
    try await ledger.commit { _ = try $0.insert(item, entered: entered) }
    try await ledger.commit { _ = try $0.insert(submitted) }
    let reading = TraceEntry(
      at: Made.noon, actor: Made.operatorA, action: "follow", purpose: "test", item: item.id)
    try await ledger.commit { ledger in
      try ledger.leaveTrace(reading)
      try ledger.leaveTrace(reading)
    }
    try await ledger.commit {
      _ = try $0.insert(sealed, called: sealed.digest, from: .elsewhere, at: Made.noon + 1)
    }
    await #expect(throws: LedgerFailure.self) {
      try await ledger.commit { ledger in
        try ledger.leaveTrace(reading)
        throw LedgerFailure(.invalid, "taken back")
      }
    }
    return item.id
  }

  @Test("Each commit is a page, what is refused leaves none, and the seal leads to the signature")
  func pages() async throws {
    let ledger = try open()
    let item = try await fill(ledger)
    guard case .intact(let summary) = try await verdict(ledger) else {
      Issue.record("the log is not intact")
      return
    }
    #expect((summary.pages, summary.entries, summary.unsigned) == (4, 5, 0))
    let events = try await ledger.read { try $0.events(of: item) }
    #expect(events.map(\.place.page) == [1, 2, 4])
    for event in events.prefix(2) {
      let seal = try #require(EventSeal(try await ledger.read { try $0.seal(of: event) }))
      let statement = try #require(seal.statement(on: event.digest))
      #expect(seal.signature == Signer().sign(statement, at: seal.at))
      #expect(seal.page == event.place.page)
    }
    #expect(try await ledger.read { try $0.seal(of: events[2]) } == [1])
    let (end, log) = (summary.pages, summary.log)
    #expect(try await verdict(ledger, holding: (end, log)) == .intact(summary))
    let other = [UInt8](repeating: 0, count: 32)
    #expect(
      try await verdict(ledger, holding: (2, other)) == .broken(page: 2, entry: nil, .head))
    #expect(
      try await verdict(ledger, holding: (9, log)) == .broken(page: 5, entry: nil, .missing))
  }

  @Test("What a program without the key has written, the node's next page vouches for")
  func unsigned() async throws {
    let administration = try open(isSigned: false)
    _ = try await fill(administration)
    try administration.close()
    let node = try open()
    let (item, entered) = made.item()
    try await node.commit { _ = try $0.insert(item, entered: entered) }
    guard case .intact(let summary) = try await verdict(node) else {
      Issue.record("the log is not intact")
      return
    }
    #expect((summary.pages, summary.unsigned, summary.unvouched) == (5, 4, 0))
  }

  @Test(
    "What was changed behind the program's back shows, at the first page that it breaks",
    arguments: [
      ("UPDATE item_event SET note = 'x' WHERE kind = 2", 2, 0, .entry),
      ("UPDATE item_event SET body = x'00' WHERE kind = 1", 1, 0, .entry),
      ("UPDATE item_event SET account = 'x' WHERE kind = 5", 4, 0, .entry),
      ("DELETE FROM item_event WHERE kind = 5", 4, 0, .entry),
      ("UPDATE item_event SET page = 2, entry = 1 WHERE kind = 5", 2, 1, .entry),
      ("DELETE FROM log_page WHERE number = 3", 3, nil, .missing),
      ("UPDATE log_page SET at = at + 1 WHERE number = 2", 2, nil, .changed),
      ("UPDATE log_page SET log = leaves WHERE number = 2", 2, nil, .changed),
      ("UPDATE log_page SET signature = x'01' WHERE number = 4", 4, nil, .signature),
      ("DELETE FROM trace WHERE number = 2", 3, 1, .entry),
      ("UPDATE trace SET purpose = 'x' WHERE number = 1", 3, 0, .entry),
      ("UPDATE trace SET at = at + 1, account = 'x' WHERE number = 2", 3, 1, .entry),
      ("UPDATE item_event SET seal = x'02' WHERE kind = 5", 4, 0, .entry),
      ("DELETE FROM log_page WHERE number = 4", 4, nil, .missing),
      ("DELETE FROM log_page; UPDATE log_end SET number = 0", 1, 0, .stray),
      (
        "DELETE FROM log_page WHERE number = 4; UPDATE log_end SET number = 3", 4, 0, .stray
      ),
      ("UPDATE item_event SET page = 9 WHERE kind = 5", 4, 0, .entry),
      (
        """
        INSERT INTO trace SELECT 3, at, account, role, division, action, purpose, item, subject_key,
          hash, previous, 3, 0, salt, person_digest FROM trace WHERE number = 1
        """, 3, 0, .stray
      ),
      (
        """
        INSERT INTO trace SELECT 3, at, account, role, division, action, purpose, item, subject_key,
          hash, previous, 0, 0, salt, person_digest FROM trace WHERE number = 1
        """, 0, 0, .stray
      ),
    ] as [(String, Int64, Int?, LogFault)])
  func changed(sql: String, page: Int64, entry: Int?, fault: LogFault) async throws {
    var ledger = try open()
    _ = try await fill(ledger)
    try ledger.close()
    try folder.intrude(
      """
      DROP TRIGGER item_event_is_final; DROP TRIGGER trace_is_final;
      DROP TRIGGER trace_is_kept; \(sql)
      """)
    ledger = try open()
    #expect(try await verdict(ledger) == .broken(page: page, entry: entry, fault))
  }
}

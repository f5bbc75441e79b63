import ExchangeRules
import Foundation
import GRDB
import Glibc
import Ledger
import Synchronization
import TestSupport
import Testing

@Suite("A ledger is opened") struct OpeningTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("What was committed is there again after reopening")
  func reopening() async throws {
    let made = Made(seed: 1)
    let (item, entered) = made.item { $0.subjectKey = "421126198503170021" }
    let first = try Ledger(path: folder.ledger)
    #expect(try await first.commit { try $0.insert(item, entered: entered) } == .new)
    try first.close()
    let second = try Ledger(path: folder.ledger)
    var expected = item
    expected.times.entered = entered.at
    #expect(try await second.read { try $0.item(item.id) } == expected)
    #expect(try await second.read { try $0.events(of: item.id) } == [entered])
    #expect(try await second.damage() == [])
  }

  @Test("Only the owner can read the files (G3)")
  func modes() async throws {
    let ledger = try Ledger(path: folder.ledgerFile)
    let (item, entered) = Made(seed: 2).item()
    _ = try await ledger.commit { try $0.insert(item, entered: entered) }
    for name in ["node.sqlite", "node.sqlite-wal", "node.sqlite-shm", "node.sqlite-owner"] {
      #expect(folder.mode(of: name) == 0o600, "\(name)")
    }
  }

  @Test("A file of something else is named and left as it is")
  func notALedger() throws {
    let text = [UInt8]("name,county\n王某,440305\n".utf8) + [UInt8](repeating: 32, count: 4096)
    try Data(text).write(to: URL(fileURLWithPath: folder.ledgerFile))
    #expect(try refusal(folder.ledgerFile) == .notALedger)
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.ledgerFile))) == text)
  }

  @Test("A database of another program is named and left as it is")
  func otherDatabase() throws {
    let other = try DatabaseQueue(path: folder.ledgerFile)
    try other.write { try $0.execute(sql: "CREATE TABLE fish (name TEXT)") }
    try other.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.ledgerFile))
    #expect(try refusal(folder.ledgerFile) == .notALedger)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.ledgerFile)) == before)
  }

  @Test("A ledger of a newer version is refused, with its version and the remedy")
  func newerVersion() throws {
    try Ledger(path: folder.ledgerFile).close()
    let newer = try DatabaseQueue(path: folder.ledgerFile)
    try newer.write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 dreams')")
    }
    try newer.close()
    let failure = #expect(throws: LedgerFailure.self) { try Ledger(path: folder.ledgerFile) }
    #expect(failure?.reason == .newerVersion)
    #expect(failure?.text.contains("9 dreams") == true)
    #expect(failure?.text.contains(folder.ledgerFile) == true)
  }

  @Test("A damaged ledger is refused")
  func damaged() async throws {
    let ledger = try Ledger(path: folder.ledgerFile)
    let made = Made(seed: 3)
    for _ in 0..<20 {
      let (item, entered) = made.item(body: [UInt8](repeating: 1, count: 4000))
      _ = try await ledger.commit { try $0.insert(item, entered: entered) }
    }
    try ledger.close()
    let size = try #require(
      FileManager.default.attributesOfItem(atPath: folder.ledgerFile)[.size] as? Int)
    let handle = try #require(FileHandle(forWritingAtPath: folder.ledgerFile))
    try handle.seek(toOffset: 100)
    try handle.write(contentsOf: Data(repeating: 0xa5, count: min(size - 100, 4096)))
    try handle.close()
    #expect(try refusal(folder.ledgerFile) == .corrupt)
  }

  @Test("A folder that is not there, or no folder, is named with the remedy")
  func missingFolder() throws {
    #expect(try refusal(folder.file("nowhere/node.sqlite")) == .unreadable)
    try Data().write(to: URL(fileURLWithPath: folder.file("file")))
    #expect(try refusal(folder.file("file/node.sqlite")) == .unreadable)
    #expect(try refusal(folder.path) == .unreadable)
  }

  @Test("A file or folder that the node's user cannot write is named with the remedy")
  func notWritable() throws {
    try Ledger(path: folder.ledgerFile).close()
    chmod(folder.path, 0o555)
    defer { chmod(folder.path, 0o700) }
    // Root may write anywhere: on this thread, files are opened as somebody else.
    let openFilesAs = try #require(dlsym(nil, "setfsuid")).assumingFileUser
    if geteuid() == 0 { _ = openFilesAs(65_534) }
    defer { if geteuid() == 0 { _ = openFilesAs(0) } }
    #expect(try refusal(folder.file("new.sqlite")) == .unreadable)
    #expect(try refusal(folder.ledgerFile) == .unreadable)
  }

  @Test("Two nodes cannot share a ledger; the second may have it when the first is gone")
  func twoNodes() throws {
    let first = try Ledger(path: folder.ledger)
    #expect(try refusal(folder.ledger) == .inUse)
    try first.close()
    try Ledger(path: folder.ledger).close()
  }

  @Test("xiecha-admin changes accounts while the node runs; both see it")
  func administrationBesideNode() async throws {
    let node = try Ledger(path: folder.ledger)
    let administration = try Ledger(
      path: folder.ledger, options: LedgerOptions(owner: .administration))
    let account = StoredAccount(
      name: "wang", role: "townshipOperator", division: "440305001", verifier: "v1", created: 1)
    let made = Made(seed: 4)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<50 {
        let (item, entered) = made.item()
        group.addTask { _ = try await node.commit { try $0.insert(item, entered: entered) } }
      }
      group.addTask { try await administration.commit { try $0.create(account) } }
      try await group.waitForAll()
    }
    #expect(try await node.read { try $0.account("wang") } == account)
    #expect(try await administration.read { try $0.count(ItemQuery(.all)) } == 50)
  }

  @Test("xiecha-admin does not update a ledger under a running node, and does when it is stopped")
  func updateBesideNode() async throws {
    let node = try Ledger(path: folder.ledgerFile)
    let older = try DatabaseQueue(path: folder.ledgerFile)
    try await older.write {
      try $0.execute(
        sql: """
          DELETE FROM grdb_migrations WHERE identifier = '1 calendar';
          DROP TABLE calendar_day; DROP TABLE due_change;
          """)
    }
    try older.close()
    let administration = LedgerOptions(owner: .administration)
    let failure = #expect(throws: LedgerFailure.self) {
      try Ledger(path: folder.ledgerFile, options: administration)
    }
    #expect(failure?.reason == .inUse)
    #expect(failure?.text.contains("stop the node") == true)
    try node.close()
    let updated = try Ledger(path: folder.ledgerFile, options: administration)
    #expect(try await updated.read { try $0.calendarDays() } == [])
  }

  @Test(
    "A ledger of an older program tells how far it is brought up to date; one that is new does not")
  func updating() throws {
    let told = Told()
    let options = LedgerOptions { told.add($0) }
    try Ledger(path: folder.ledgerFile, options: options).close()
    #expect(told.updates.isEmpty)
    let older = try DatabaseQueue(path: folder.ledgerFile)
    try older.write {
      try $0.execute(
        sql: """
          DELETE FROM grdb_migrations WHERE identifier IN ('1 calendar', '10 used sessions');
          DROP TABLE calendar_day; DROP TABLE due_change;
          ALTER TABLE session DROP COLUMN used;
          """)
    }
    try older.close()
    try Ledger(path: folder.ledgerFile, options: options).close()
    #expect(told.updates.map(\.step) == ["1 calendar", "10 used sessions"])
    #expect(told.updates.map(\.number) == [1, 2])
    #expect(told.updates.allSatisfy { $0.of == 2 && $0.seconds == 0 })
    try Ledger(path: folder.ledgerFile, options: options).close()
    #expect(told.updates.count == 2)
  }

  @Test("A ledger of before histories keeps all that it holds, and goes on")
  func beforeHistories() async throws {
    let made = Made(seed: 7)
    let (item, entered) = made.item()
    let submitted = made.event(of: item.id, .submitted)
    let first = try Ledger(path: folder.ledgerFile)
    try await first.commit { ledger in
      _ = try ledger.insert(item, entered: entered)
      _ = try ledger.insert(submitted)
      try ledger.update(item.id, ItemChange(.submitted, at: Made.noon))
      try ledger.append(historyOf: item.id, toOutboxOf: "44")
      try ledger.acknowledge(1, by: "44")
      try ledger.moveInboxCursor(of: "44", to: InboxCursor(outbox: "o", sequence: 7))
    }
    try first.close()
    let older = try DatabaseQueue(path: folder.ledgerFile)
    try await older.write {
      try $0.execute(
        sql: OlderStore.withoutRemoval + """
          DELETE FROM grdb_migrations
          WHERE identifier LIKE '4 %' OR identifier LIKE '5 %' OR identifier = '10 audit search';
          DROP INDEX item_event_written; DROP INDEX letter_event_written;
          DROP TABLE log_page; DROP TABLE log_end; DROP TABLE signatory;
          ALTER TABLE item_event DROP COLUMN page; ALTER TABLE item_event DROP COLUMN entry;
          ALTER TABLE trace DROP COLUMN page; ALTER TABLE trace DROP COLUMN entry;
          DROP TABLE objection; DROP INDEX quarantine_item; DROP INDEX item_without_effect;
          ALTER TABLE item DROP COLUMN heads; ALTER TABLE item DROP COLUMN without_effect;
          ALTER TABLE item_event DROP COLUMN follows; ALTER TABLE item_event DROP COLUMN seal;
          ALTER TABLE outbox DROP COLUMN head; ALTER TABLE outbox_peer DROP COLUMN head;
          ALTER TABLE outbox_peer DROP COLUMN acknowledged_head;
          ALTER TABLE inbox DROP COLUMN head;
          """)
    }
    try older.close()
    let updated = try Ledger(path: folder.ledgerFile)
    #expect(try await updated.read { try $0.item(item.id) }?.state == .submitted)
    #expect(try await updated.read { try $0.events(of: item.id) } == [entered, submitted])
    // What it holds bears no seal, and neighbours may tell of the like.
    #expect(try await updated.read { try $0.takesUnsealed() })
    #expect(try await updated.read { try $0.seal(of: submitted) } == [])
    let cursor = try await updated.read { try $0.inboxCursor(of: "44") }
    #expect(cursor == InboxCursor(outbox: "o", sequence: 7))
    // What was sent before heads were kept is not held against anybody.
    #expect(try await updated.read { try $0.hasGivenOut(1, [], to: "44") })
    #expect(try await updated.read { try $0.hasGivenOut(2, [1], to: "44") })
    #expect(try await updated.read { try !$0.hasGivenOut(3, [], to: "44") })
    let received = made.event(of: item.id, .received)
    try await updated.commit { ledger in
      _ = try ledger.insert(received)
      #expect(try ledger.append(received.id, toOutboxOf: "44") == 3)
    }
    #expect(try await updated.read { try $0.hasGivenOut(3, [1], to: "44") } == false)
    #expect(try await updated.damage() == [])
  }

  @Test("The marks of before seals go, and what bore them is told of without a seal")
  func beforeSeals() async throws {
    let (item, entered) = Made(seed: 8).item()
    let first = try Ledger(path: folder.ledgerFile)
    try await first.commit { _ = try $0.insert(item, entered: entered) }
    #expect(try await first.read { try !$0.takesUnsealed() })
    try first.close()
    let older = try DatabaseQueue(path: folder.ledgerFile)
    try await older.write {
      try $0.execute(
        sql: OlderStore.withoutRemoval + """
          DELETE FROM grdb_migrations WHERE identifier LIKE '5 %';
          DROP TABLE log_page; DROP TABLE log_end; DROP TABLE signatory;
          ALTER TABLE item_event DROP COLUMN page; ALTER TABLE item_event DROP COLUMN entry;
          ALTER TABLE trace DROP COLUMN page; ALTER TABLE trace DROP COLUMN entry;
          DROP TRIGGER item_event_is_final;
          UPDATE item_event SET seal = x'0102';
          CREATE TRIGGER item_event_is_final BEFORE UPDATE ON item_event
          BEGIN SELECT RAISE(ABORT, 'an event never changes'); END;
          """)
    }
    try older.close()
    let updated = try Ledger(path: folder.ledgerFile)
    #expect(try await updated.read { try $0.takesUnsealed() })
    let event = try #require(try await updated.read { try $0.events(of: item.id).first })
    #expect(event == entered)
    #expect(event.seal == [])
    #expect(try await updated.damage() == [])
  }

  @Test("While another program writes too long, requests are refused with a time to try again")
  func writtenByAnother() async throws {
    let ledger = try Ledger(path: folder.ledgerFile, options: LedgerOptions(lockWaitSeconds: 0.01))
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: folder.ledgerFile, configuration: configuration)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let (item, entered) = Made(seed: 6).item()
    let failure = await #expect(throws: LedgerFailure.self) {
      try await ledger.commit { try $0.insert(item, entered: entered) }
    }
    #expect(failure?.reason == .busy)
    #expect((failure?.retryAfterMilliseconds ?? 0) > 0)
    try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(try await ledger.commit { try $0.insert(item, entered: entered) } == .new)
  }

  @Test(
    "A copy is the ledger again, readable by its owner only; put back, it is a store of its own")
  func copying() async throws {
    let ledger = try Ledger(path: folder.ledgerFile)
    let (item, entered) = Made(seed: 5).item()
    _ = try await ledger.commit { try $0.insert(item, entered: entered) }
    #expect(try ledger.copy(to: folder.file("copy.sqlite")) == [])
    #expect(folder.mode(of: "copy.sqlite") == 0o600)
    let again = #expect(throws: LedgerFailure.self) {
      try ledger.copy(to: folder.file("copy.sqlite"))
    }
    #expect(again?.reason == .exists)
    let copy = try Ledger(path: folder.file("copy.sqlite"))
    #expect(try await copy.read { try $0.events(of: item.id) } == [entered])
    let identity = try await ledger.read { try $0.outboxIdentity() }
    #expect(identity.count == 32)
    #expect(try await copy.read { try $0.outboxIdentity() } == identity)
    try await copy.commit { ledger in
      _ = try ledger.append(entered.id, toOutboxOf: "440000")
      try ledger.moveInboxCursor(of: "441702", to: InboxCursor(outbox: "a", sequence: 1))
      try ledger.register(
        RegisteredNode(
          division: "441702", name: "江城区", fingerprint: [], isEnabled: false, registered: 1))
      try ledger.putBack(from: 5, at: 7)
    }
    let own = try await copy.read { try $0.outboxIdentity() }
    #expect(own.count == 32 && own != identity)
    // Who may not connect is not waited for.
    #expect(
      try await copy.read { try $0.putBack() }
        == PutBack(at: 7, copied: 5, awaited: ["440000"]))
    #expect(try await copy.commit { try $0.hasTold("440000") })
    #expect(try await copy.read { try $0.awaited() } == [])
  }

  private func refusal(_ path: String) throws -> LedgerFailure.Reason? {
    let failure = #expect(throws: LedgerFailure.self) { try Ledger(path: path) }
    // Every failure to open names the file, on one line.
    #expect(failure?.text.contains(path) == true)
    #expect(failure?.text.contains("\n") == false)
    return failure?.reason
  }
}

/// What a ledger has told while it was opened.
private final class Told: Sendable {
  private let box = Mutex<[LedgerUpdate]>([])
  var updates: [LedgerUpdate] { box.withLock(\.self) }
  func add(_ update: LedgerUpdate) { box.withLock { $0.append(update) } }
}

extension UnsafeMutableRawPointer {
  /// setfsuid(2), which Swift's Glibc leaves out: the user for file access, of this thread only.
  fileprivate var assumingFileUser: @convention(c) (uid_t) -> Int32 {
    unsafeBitCast(self, to: (@convention(c) (uid_t) -> Int32).self)
  }
}

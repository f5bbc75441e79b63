import Backups
import Credentials
import Foundation
import Ledger
import TestSupport
import Testing

@Suite("A backup is the ledger, sealed") struct BackupFileTests {
  private static let now: Int64 = 1_795_000_000_000
  private static let actor = LedgerActor(
    account: "xiecha-admin:root", role: "administrator", division: "440306")
  private static let name = "王样例"

  let folder: TemporaryFolder
  let keys = SecretKeyFile(for: .backups, madeOn: "2026-11-27")

  init() throws { folder = try TemporaryFolder() }

  /// A backup of a ledger with a township's link, accounts with open sessions, and traces.
  private func backup(traces: Int = 40) async throws -> BackupRun.Report {
    let ledger = try Ledger(path: folder.file("store.sqlite"))
    try await ledger.commit { ledger in
      _ = try ledger.claim(for: "440306")
      try ledger.create(
        StoredAccount(
          name: "li.wei", displayName: Self.name, role: "countyOperator", division: "440306",
          verifier: "v", created: 1))
      for (id, expires) in [("a", Self.now + 1000), ("b", Self.now + 1000), ("c", Self.now)] {
        try ledger.open(
          StoredSession(
            id: id, account: "li.wei", verifier: "v", opened: 1, expires: expires))
      }
      try ledger.moveInboxCursor(of: "440000", to: InboxCursor(outbox: "o", sequence: 7))
      for number in 0..<traces {
        try ledger.leaveTrace(
          TraceEntry(
            at: 1, actor: Self.actor, action: "follow",
            purpose: Self.name + String(repeating: "x", count: 500) + "\(number)"))
      }
    }
    let run = BackupRun(of: ledger, node: "440306", key: keys.inUse, now: { Self.now })
    let report = try run.make(folder.file("one.xcbackup"))
    try ledger.gather()
    try ledger.close()
    return report
  }

  private func restore(
    _ file: String = "one.xcbackup", of node: String = "440306", with keys: SecretKeyFile? = nil
  ) async throws -> Restoring.Report {
    try await Restoring(folder.file(file), of: node, keys: keys ?? self.keys)
      .run(to: folder.file("new.sqlite"), now: Self.now, by: Self.actor)
  }

  private func names() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
  }

  @Test("It says in clear whose it is, of when, which key: nothing of a person, 0600, no leftovers")
  func clear() async throws {
    let report = try await backup()
    let header = try BackupFile(folder.file("one.xcbackup")).header
    #expect(header == report.header)
    #expect(header.node == "440306" && header.at == Self.now && header.key == keys.inUse.identity)
    #expect(header.schema == Ledger.schemaVersion)
    #expect(folder.mode(of: "one.xcbackup") == 0o600)
    let bytes = try Data(contentsOf: URL(filePath: folder.file("one.xcbackup")))
    for secret in [Self.name, "li.wei", "SQLite format 3"] {
      #expect(bytes.range(of: Data(secret.utf8)) == nil)
    }
    #expect(
      try names().subtracting(["store.sqlite-wal", "store.sqlite-shm"]) == [
        "store.sqlite", "store.sqlite-owner", "store.sqlite.backup-lock", "one.xcbackup",
      ])
  }

  @Test("Restored it is a store of its own: sessions end, neighbours are awaited, a trace is left")
  func restored() async throws {
    _ = try await backup()
    let before = try Ledger(path: folder.file("store.sqlite"))
    let old = try await before.read { try $0.outboxIdentity() }
    try before.close()
    let report = try await restore()
    #expect(report.sessions == 2)
    #expect(report.awaited == ["440000"])
    #expect(report.accounts.map(\.name) == ["li.wei"])
    #expect(folder.mode(of: "new.sqlite") == 0o600)
    #expect(try names().filter { $0.contains("restoring") || $0.hasPrefix("new.sqlite-") } == [])
    let ledger = try Ledger(path: folder.file("new.sqlite"))
    #expect(try await ledger.read { try $0.outboxIdentity() } != old)
    #expect(try await ledger.read { try $0.owner() } == "440306")
    #expect(try await ledger.read { try $0.session("a")?.isOpen(at: Self.now) } == false)
    #expect(
      try await ledger.read { try $0.putBack() }
        == PutBack(at: Self.now, copied: Self.now, awaited: ["440000"]))
    #expect(try await ledger.read { try $0.traces().last?.entry.action } == "restore")
    #expect(try await ledger.damage() == [])
    try ledger.close()
  }

  @Test("Nothing that is there is replaced: no backup, no store, no log of another store")
  func nothingReplaced() async throws {
    _ = try await backup()
    let ledger = try Ledger(path: folder.file("store.sqlite"))
    let again = #expect(throws: BackupFailure.self) {
      try BackupRun(of: ledger, node: "440306", key: keys.inUse, now: { Self.now })
        .make(folder.file("one.xcbackup"))
    }
    #expect(again?.reason == .exists)
    try ledger.close()
    for taken in ["new.sqlite", "new.sqlite-wal", "new.sqlite-shm"] {
      try folder.write("mine", to: taken)
      let failure = await #expect(throws: BackupFailure.self) { try await restore() }
      #expect(failure?.reason == .exists)
      #expect(failure?.text.contains(taken) == true)
      #expect(try folder.text(of: taken) == "mine")
      try FileManager.default.removeItem(atPath: folder.file(taken))
    }
  }

  @Test(
    "Another key, another node, a newer version are refused by name, before anything is written")
  func strangers() async throws {
    _ = try await backup()
    let other = SecretKeyFile(for: .backups, madeOn: "2026-11-28")
    let wrongKey = await #expect(throws: BackupFailure.self) { try await restore(with: other) }
    #expect(wrongKey?.reason == .wrongKey)
    #expect(wrongKey?.text.contains(keys.inUse.identity) == true)
    #expect(wrongKey?.text.contains(other.inUse.identity) == true)
    let otherNode = await #expect(throws: BackupFailure.self) { try await restore(of: "441702") }
    #expect(otherNode?.reason == .otherNode)
    let bytes = try Data(contentsOf: URL(filePath: folder.file("one.xcbackup")))
    func changed(_ old: String, to new: String, as reason: BackupFailure.Reason) async throws {
      var bytes = bytes
      let range = try #require(bytes.range(of: Data(old.utf8)))
      bytes.replaceSubrange(range, with: Data(new.utf8))
      try bytes.write(to: URL(filePath: folder.file("other.xcbackup")))
      let failure = await #expect(throws: BackupFailure.self) {
        try await restore("other.xcbackup")
      }
      #expect(failure?.reason == reason, "\(new)")
    }
    try await changed("xiecha-backup 1", to: "xiecha-backup 2", as: .newerVersion)
    try await changed(Ledger.schemaVersion, to: "9 of the future", as: .newerVersion)
    // What stands in clear is sealed all the same.
    try await changed("\"at\":1795", to: "\"at\":1796", as: .damaged)
    try await changed("xiecha-backup 1", to: "something else", as: .notABackup)
    #expect(try names().contains { $0.hasPrefix("new.sqlite") } == false)
  }

  @Test(
    "A byte that was changed, a chunk moved, an end cut off or put on is found, and its place told")
  func damage() async throws {
    let header = try await backup(traces: 400).header
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: folder.file("one.xcbackup"))))
    let newline = UInt8(ascii: "\n")
    let first = try #require(bytes.firstIndex(of: newline))
    let start = try #require(bytes[(first + 1)...].firstIndex(of: newline)) + 1
    let chunk = 65_536 + 16
    try #require(header.bytes > UInt64(3 * chunk))
    func reason(_ bytes: [UInt8]) async throws -> BackupFailure.Reason? {
      try Data(bytes).write(to: URL(filePath: folder.file("bad.xcbackup")))
      let failure = await #expect(throws: BackupFailure.self) { try await restore("bad.xcbackup") }
      let verified = #expect(throws: BackupFailure.self) {
        try BackupFile(folder.file("bad.xcbackup")).verify(with: keys)
      }
      #expect(verified?.reason == failure?.reason)
      return failure?.reason
    }
    for place in [start, start + chunk - 1, start + chunk, bytes.count / 2, bytes.count - 1] {
      var changed = bytes
      changed[place] ^= 1
      #expect(try await reason(changed) == .damaged, "byte \(place)")
    }
    var swapped = bytes
    for offset in 0..<chunk { swapped.swapAt(start + offset, start + chunk + offset) }
    #expect(try await reason(swapped) == .damaged)
    for end in [start + chunk, start + chunk + 7, start + 2 * chunk, bytes.count - chunk / 2] {
      #expect(try await reason(Array(bytes[..<end])) == .cutShort, "\(end)")
    }
    #expect(try await reason(bytes + [0]) == .damaged)
    #expect(try await reason(Array(bytes[..<start])) != nil)
    #expect(try names().contains { $0.hasPrefix("new.sqlite") } == false)
  }

  @Test("Of two at once one is refused, and what a killed one left in the way is removed")
  func oneAtATime() async throws {
    _ = try await backup()
    let ledger = try Ledger(path: folder.file("store.sqlite"))
    for left in ["store.sqlite.backup-copy", "two.xcbackup.part"] {
      try folder.write("half", to: left)
    }
    let run = BackupRun(of: ledger, node: "440306", key: keys.inUse, now: { Self.now })
    let lock = folder.file("store.sqlite.backup-lock")
    let descriptor = open(lock, O_RDWR)
    #expect(flock(descriptor, LOCK_EX) == 0)
    let refused = #expect(throws: BackupFailure.self) { try run.make(folder.file("two.xcbackup")) }
    #expect(refused?.reason == .underWay)
    close(descriptor)
    _ = try run.make(folder.file("two.xcbackup"))
    #expect(try names().contains { $0.hasSuffix(".part") || $0.hasSuffix("copy") } == false)
    try ledger.close()
  }

  @Test(
    "A sealed ledger's backup opens with the backup key alone, and is sealed again where it lands")
  func sealed() async throws {
    for store in ["store", "new"] {
      try SecretKeyFile(for: .store, madeOn: "2026-11-28").write(
        to: folder.file("\(store).key"), overwrite: false)
    }
    let store = folder.file("store.sqlite")
    _ = try Ledger.seal(store, with: folder.file("store.key"), on: "2026-11-28")
    _ = try await backup()
    // The machine is gone, with all its keys but the backups'.
    for file in try names() where file.hasPrefix("store.") {
      try FileManager.default.removeItem(atPath: folder.file(file))
    }
    _ = try await restore()
    var ledger = try Ledger(path: folder.file("new.sqlite"))
    #expect(try await ledger.read { try $0.traces().count } == 41)
    try ledger.close()
    for file in try names() where file.hasPrefix("new.sqlite") {
      try FileManager.default.removeItem(atPath: folder.file(file))
    }
    _ = try Ledger.seal(folder.file("new.sqlite"), with: folder.file("new.key"), on: "2026-12-01")
    _ = try await restore()
    for file in try names() where file.hasPrefix("new.sqlite") {
      let bytes = try Data(contentsOf: URL(filePath: folder.file(file)))
      #expect(bytes.range(of: Data(Self.name.utf8)) == nil, "\(file)")
    }
    ledger = try Ledger(path: folder.file("new.sqlite"))
    #expect(try await ledger.read { try $0.traces().count } == 41)
    #expect(try await ledger.damage() == [])
    try ledger.close()
  }

  @Test("A backup of a ledger that contradicts itself is none")
  func damagedLedger() async throws {
    _ = try await backup(traces: 400)
    let path = folder.file("store.sqlite")
    var bytes = try Data(contentsOf: URL(filePath: path))
    let half = bytes.count / 2 & ~4095
    bytes.replaceSubrange(half..<half + 8192, with: Data(repeating: 0x55, count: 8192))
    try bytes.write(to: URL(filePath: path))
    let ledger = try Ledger(path: path)
    let failure = #expect(throws: BackupFailure.self) {
      try BackupRun(of: ledger, node: "440306", key: keys.inUse, now: { Self.now })
        .make(folder.file("two.xcbackup"))
    }
    #expect(failure?.reason == .ledgerDamaged)
    #expect(try names().contains("two.xcbackup") == false)
    try ledger.close()
  }
}

import Credentials
import Foundation
import TestSupport
import Testing

@testable import Ledger

@Suite("A sealed ledger is nothing to whoever has its files (G3, GB/T 22239 8.1.4.8)")
struct SealedLedgerTests {
  /// What no file may say.
  private static let name = "王样例"
  private static let number = "441702199003077245"

  let folder: TemporaryFolder
  let made = Made(seed: 77)
  private var keyFile: String { folder.file("keys/store.key") }

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.file("keys"), withIntermediateDirectories: true)
    try SecretKeyFile(for: .store, madeOn: "2026-11-28").write(to: keyFile, overwrite: false)
  }

  /// A ledger with an item that tells of her, open.
  private func ledger(sealed: Bool = true) async throws -> Ledger {
    if sealed { _ = try Ledger.seal(folder.ledgerFile, with: keyFile, on: "2026-11-28") }
    let ledger = try Ledger(path: folder.ledgerFile)
    for _ in 0..<40 { try await enter(in: ledger) }
    return ledger
  }

  private func enter(in ledger: Ledger) async throws {
    let body = Array("\(Self.name) \(Self.number)".utf8) + [UInt8](repeating: 7, count: 2000)
    let (item, entered) = made.item(body: body)
    try await made.submit(item, entered, to: ledger)
  }

  /// The files of the ledger in which something of her can be read.
  private func leaks() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().filter { file in
      let bytes = FileManager.default.contents(atPath: folder.file(file)) ?? Data()
      return [Self.name, Self.number, "CREATE TABLE", "SQLite format 3"].contains {
        bytes.range(of: Data($0.utf8)) != nil
      }
    }
  }

  private func failure(_ path: String? = nil) -> LedgerFailure? {
    #expect(throws: LedgerFailure.self) { try Ledger(path: path ?? folder.ledgerFile) }
  }

  @Test("Neither the file nor its log, nor a copy, says anything; who has the key reads it all")
  func sealed() async throws {
    let open = try await ledger()
    #expect(try leaks() == [])
    #expect(try open.copy(to: folder.file("copy.sqlite")) == [])
    #expect(try leaks() == [])
    try open.close()
    #expect(try leaks() == [])
    let again = try Ledger(path: folder.ledgerFile)
    #expect(try await again.read { try $0.count(ItemQuery(.all)) } == 40)
    #expect(try await again.damage() == [])
    try again.close()
  }

  @Test("A ledger in clear becomes a sealed one with the same rows; nothing in clear is left")
  func later() async throws {
    let clear = try await ledger(sealed: false)
    let before = try await clear.read { try $0.events(of: $0.items(ItemQuery(.all))[0].item.id) }
    let inUse = #expect(throws: LedgerFailure.self) {
      try Ledger.seal(folder.ledgerFile, with: keyFile, on: "2026-11-28")
    }
    #expect(inUse?.reason == .inUse)
    try clear.close()
    #expect(try leaks().contains("node.sqlite"))
    let standing = try Ledger.seal(folder.ledgerFile, with: keyFile, on: "2026-11-28")
    #expect(standing.keyFile == keyFile && standing.dataKeys == 1)
    #expect(try leaks() == [])
    #expect(folder.mode(of: "node.sqlite") == 0o600 && folder.mode(of: "node.sqlite.keys") == 0o600)
    let again = try Ledger(path: folder.ledgerFile)
    #expect(
      try await again.read { try $0.events(of: $0.items(ItemQuery(.all))[0].item.id) } == before)
    #expect(try await again.damage() == [])
    try await enter(in: again)
    try again.close()
    let twice = #expect(throws: LedgerFailure.self) {
      try Ledger.seal(folder.ledgerFile, with: keyFile, on: "2026-11-28")
    }
    #expect(twice?.reason == .exists)
  }

  @Test("Without its keys, the store's key or the right one it does not open, and says what to do")
  func keysMissing() async throws {
    try await ledger().close()
    let keys = folder.file("node.sqlite.keys")
    try FileManager.default.moveItem(atPath: keys, toPath: keys + ".away")
    #expect(failure()?.reason == .sealed)
    #expect(failure()?.text.contains("put it back from a copy") == true)
    try FileManager.default.moveItem(atPath: keys + ".away", toPath: keys)
    let other = SecretKeyFile(for: .store, madeOn: "2026-11-28")
    try FileManager.default.moveItem(atPath: keyFile, toPath: keyFile + ".away")
    #expect(failure()?.text.contains("cannot read the store key file") == true)
    try other.write(to: keyFile, overwrite: false)
    #expect(failure()?.text.contains("the keys at hand are \(other.inUse.identity)") == true)
    try FileManager.default.removeItem(atPath: keyFile)
    let elsewhere = try Ledger(
      path: folder.ledgerFile, options: LedgerOptions(storeKeyFile: keyFile + ".away"))
    #expect(try await elsewhere.read { try $0.count(ItemQuery(.all)) } == 40)
    try elsewhere.close()
    #expect(
      try Ledger.moveStoreKey(of: folder.ledgerFile, to: keyFile + ".away").keyFile
        == keyFile + ".away")
    try Ledger(path: folder.ledgerFile).close()
  }

  @Test("A page that was changed, moved or put back does not pass for another")
  func changedPages() async throws {
    try await ledger().close()
    let whole = try #require(FileManager.default.contents(atPath: folder.ledgerFile))
    let page = 4096
    func write(_ change: (inout Data) -> Void) throws {
      var bytes = whole
      change(&bytes)
      try bytes.write(to: URL(filePath: folder.ledgerFile))
    }
    // Whoever opens the ledger or looks through it is told.
    func isFound() async throws -> Bool {
      do {
        let ledger = try Ledger(path: folder.ledgerFile)
        let damage = try await ledger.damage()
        try ledger.close()
        return !damage.isEmpty
      } catch let failure as LedgerFailure {
        return failure.reason == .corrupt && failure.text.contains("does not open")
      }
    }
    try write { _ in }
    #expect(try await !isFound())
    try write { $0[20 * page + 100] ^= 1 }
    #expect(try await isFound())
    try write { bytes in
      let moved = Data(bytes[20 * page..<21 * page])
      bytes.replaceSubrange(21 * page..<22 * page, with: moved)
    }
    #expect(try await isFound())
    try write { $0[100] ^= 1 }
    #expect(try await isFound())
    try write { $0.replaceSubrange(20 * page..<21 * page, with: Data(count: page)) }
    #expect(try await isFound())
    try write { _ in }
    try Ledger(path: folder.ledgerFile).close()
  }

  @Test("A log torn at any byte gives the commits before it, as in clear", arguments: 0..<3)
  func tornLog(seed: Int) async throws {
    var random = SeededNumbers(seed: UInt64(seed) + 40)
    try await ledger().close()
    let open = try Ledger(path: folder.ledgerFile)
    for _ in 0..<20 { try await enter(in: open) }
    let log = try #require(FileManager.default.contents(atPath: folder.ledgerFile + "-wal"))
    var survivors: Set<Int> = []
    for attempt in 0..<10 {
      let torn = folder.file("torn\(attempt).sqlite")
      for ending in ["", ".keys"] {
        try FileManager.default.copyItem(atPath: folder.ledgerFile + ending, toPath: torn + ending)
      }
      try log.prefix(Int.random(in: 0...log.count, using: &random))
        .write(to: URL(filePath: torn + "-wal"))
      let again = try Ledger(path: torn)
      #expect(try await again.damage() == [])
      survivors.insert(try await again.read { try $0.count(ItemQuery(.all)) })
      try again.close()
    }
    #expect(survivors.count > 3 && survivors.allSatisfy { (40...60).contains($0) })
    try open.close()
  }

  @Test("Each month has a key; a process that is beside it reads what the new one seals")
  func monthly() async throws {
    let node = try await ledger()
    let beside = try Ledger(
      path: folder.ledgerFile, options: LedgerOptions(owner: .administration))
    #expect(try await beside.read { try $0.count(ItemQuery(.all)) } == 40)
    #expect(try !node.renewDataKey(on: "2026-11-30"))
    #expect(try node.renewDataKey(on: "2026-12-01"))
    #expect(try !node.renewDataKey(on: "2026-12-31"))
    for _ in 0..<20 { try await enter(in: node) }
    #expect(try await beside.read { try $0.count(ItemQuery(.all)) } == 60)
    let standing = try #require(try SealStanding(of: folder.ledgerFile))
    #expect(standing.dataKeys == 2 && standing.newest == "2026-12-01")
    try beside.close()
    try node.close()
    try Ledger(path: folder.ledgerFile).close()
  }

  @Test("The store's key is rotated while the node runs, and not one page is written")
  func rotation() async throws {
    let node = try await ledger()
    let pages = try Data(contentsOf: URL(filePath: folder.ledgerFile))
    let old = try #require(FileManager.default.contents(atPath: keyFile))
    let before = try #require(try SealStanding(of: folder.ledgerFile))
    let after = try Ledger.rotateStoreKey(of: folder.ledgerFile, on: "2026-12-02")
    #expect(after.storeKeys.count == 1 && after.storeKeys != before.storeKeys)
    #expect(try Data(contentsOf: URL(filePath: folder.ledgerFile)) == pages)
    try await enter(in: node)
    try node.close()
    let again = try Ledger(path: folder.ledgerFile)
    #expect(try await again.read { try $0.count(ItemQuery(.all)) } == 41)
    try again.close()
    // The key of before opens nothing any more.
    try FileManager.default.removeItem(atPath: keyFile)
    try old.write(to: URL(filePath: keyFile))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: keyFile)
    #expect(failure()?.reason == .sealed)
  }

  @Test("A rotation that was killed after any of its steps is done by doing it again")
  func killedRotation() async throws {
    try await ledger().close()
    // Killed when the new key was made and nothing was wrapped with it.
    var keys = try SecretKeyFile(for: .store, reading: keyFile)
    let old = keys.inUse
    keys.rotate(on: "2026-12-02")
    try keys.write(to: keyFile, overwrite: true)
    try Ledger(path: folder.ledgerFile).close()
    #expect(
      try Ledger.rotateStoreKey(of: folder.ledgerFile, on: "2026-12-02").storeKeys
        == [keys.inUse.identity])
    #expect(try SecretKeyFile(for: .store, reading: keyFile).keys == [keys.inUse])
    // Killed when all was wrapped and the old key had not gone.
    var both = try SecretKeyFile(for: .store, reading: keyFile)
    both.rotate(on: "2026-12-03")
    try both.write(to: keyFile, overwrite: true)
    let third = try Ledger.rotateStoreKey(of: folder.ledgerFile, on: "2026-12-03")
    #expect(third.storeKeys == [both.inUse.identity] && third.storeKeys != [old.identity])
    try Ledger(path: folder.ledgerFile).close()
  }
}

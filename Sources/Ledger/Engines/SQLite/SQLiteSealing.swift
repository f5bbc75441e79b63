internal import CPageSeal
internal import Credentials
internal import GRDB
internal import GRDBSQLite
internal import Glibc
internal import PrivateFiles

extension Ledger {
  /// Seals a ledger: its file, its write-ahead log and its copies are nothing to whoever does not have the
  /// store's key.
  ///
  /// One that is not there yet is sealed from its beginning. One that is there is rewritten beside its name
  /// and looked through before it takes the name; what it was is overwritten. Nobody may have it open.
  /// Killed in between, it is done by doing it again.
  ///
  /// - Parameters:
  ///   - path: The ledger.
  ///   - keyFile: The store's key, made before; it should lie on another disk, or be root's.
  ///   - day: Today, such as `2026-12-01`.
  /// - Returns: How it is sealed now.
  /// - Throws: why not; the ledger is as it was then.
  public static func seal(
    _ path: String, with keyFile: String, on day: String
  ) throws(LedgerFailure) -> SealStanding {
    if isOnServer(path) {
      throw LedgerFailure(
        .invalid, "\(path) is on a server: what lies on its disks is encrypted there, by its people"
      )
    }
    let failures = SQLiteFailures(path: path)
    guard let claim = try FileOwnership.claim(path) else { throw failures.inUse }
    defer { claim.release() }
    let isSealed = SealedWord.stands(in: path)
    if isSealed == true {
      throw LedgerFailure(.exists, "the ledger \(path) is sealed already")
    }
    // Those of an attempt that was broken off are as good as new ones.
    var keys = try DataKeys(beside: path) ?? DataKeys(of: path, keyFile: keyFile)
    if keys.entries.isEmpty {
      keys.add(on: day, by: try keys.storeKeys(at: keyFile).inUse)
    } else {
      try keys.rewrap(by: keys.storeKeys(at: keyFile), at: keyFile)
    }
    try keys.write()
    if isSealed == false {
      do {
        try SealedFile(path: path).make()
      } catch {
        if SealedWord.stands(in: path) == false { unlink(DataKeys.path(of: path)) }
        throw LedgerFailure.told(failures.translated(error)) as? LedgerFailure
          ?? LedgerFailure(.storage, "the ledger \(path) cannot be sealed: \(error)")
      }
    }
    return SealStanding(keys)
  }
}

/// A ledger in clear, on its way to a sealed one of the same name.
private struct SealedFile {
  let path: String
  private var clear: String { path + ".clear" }
  private var sealed: String { path + ".sealing" }

  init(path: String) {
    self.path = path
  }

  func make() throws {
    for old in [clear, sealed] { try Overwriting.remove(old) }
    defer { for left in [clear, sealed] { try? Overwriting.remove(left) } }
    try writeWithReserve()
    let ring = try SealRing(of: path, keyFile: nil)
    try copyPages(LedgerPages(ring))
    try lookThrough(ring)
    let old = try Overwriting(path)
    do throws(PrivateFileFailure) {
      try PrivateFile.move(sealed, over: path)
    } catch {
      throw LedgerFailure(.storage, "the ledger cannot be sealed: \(error)")
    }
    for companion in ["-wal", "-shm"] { try Overwriting.remove(path + companion) }
    try old.run()
  }

  /// The same rows in a file whose pages leave the seal its place.
  private func writeWithReserve() throws {
    let source = try DatabaseQueue(path: path)
    defer { try? source.close() }
    try source.writeWithoutTransaction { database in
      guard try Int32.fetchOne(database, sql: "PRAGMA application_id") == Schema.applicationID
      else {
        throw SQLiteFailures(path: path).notALedger
      }
      try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      var reserved = Int32(PAGE_SEAL_RESERVED_BYTES)
      sqlite3_file_control(
        database.sqliteConnection, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved)
      // An empty file that only its owner can read, which SQLite fills.
      let target = open(clear, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard target >= 0 else { throw SQLiteFailures(path: clear).opening(errno) }
      close(target)
      try database.execute(sql: "VACUUM INTO ?", arguments: [clear])
    }
  }

  private func copyPages(_ pages: LedgerPages) throws {
    let chunk = 256 * SQLiteLimits.pageBytes
    let source = open(clear, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw SQLiteFailures(path: clear).opening(errno) }
    defer { close(source) }
    let target = open(sealed, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard target >= 0 else { throw SQLiteFailures(path: sealed).opening(errno) }
    defer { close(target) }
    FileOwner.give(target, theOwnerOf: path)
    var offset: UInt64 = 0
    var bytes = [UInt8](repeating: 0, count: chunk)
    while true {
      let count = pread(source, &bytes, chunk, off_t(offset))
      guard count >= 0 else { throw SQLiteFailures(path: clear).opening(errno) }
      if count == 0 { break }
      let written = try pages.seal(Array(bytes.prefix(count)), at: offset)
      guard pwrite(target, written, count, off_t(offset)) == count else {
        throw SQLiteFailures(path: sealed).diskFull
      }
      offset += UInt64(count)
    }
    guard fsync(target) == 0 else { throw SQLiteFailures(path: sealed).opening(errno) }
  }

  /// Whether what was made reads as a whole, before the name is taken from what was.
  private func lookThrough(_ ring: SealRing) throws {
    try ring.attach(to: sealed)
    defer { ring.detach(from: sealed) }
    var configuration = Configuration()
    configuration.readonly = true
    let made = try DatabaseQueue(path: sealed, configuration: configuration)
    defer { try? made.close() }
    let damage = try made.read { try String.fetchAll($0, sql: "PRAGMA quick_check") }
    guard damage == ["ok"] else {
      throw LedgerFailure(
        .corrupt, "the ledger \(path) is damaged (\(damage.first ?? "")); restore the last backup")
    }
  }
}

internal import CPageSeal
internal import GRDB
internal import GRDBSQLite
internal import Glibc

/// Opens the file behind a ledger: looks before it touches, then makes it ours and current.
struct SQLiteFile {
  let path: String
  let options: LedgerOptions
  private var failures: SQLiteFailures { SQLiteFailures(path: path) }

  init(path: String, options: LedgerOptions) {
    self.path = path
    self.options = options
  }

  /// The open database, this process's claim on it (a node's only), and the keys of a sealed one.
  func open() throws(LedgerFailure) -> (
    pool: DatabasePool, ownership: FileOwnership?, seal: SealRing?
  ) {
    try createWhenMissing()
    let seal = try sealRing()
    try seal?.attach(to: path)
    do {
      let isCurrent = try inspect()
      let needsClaim = options.owner == .node || !isCurrent
      let claim = needsClaim ? try FileOwnership.claim(path) : nil
      if needsClaim, claim == nil {
        throw options.owner == .node ? failures.inUse : .needsUpdate(path)
      }
      let pool = try DatabasePool(
        path: path, configuration: configuration(isSealed: seal != nil))
      if !isCurrent { try SchemaUpdate(pool: pool, told: options.updating).run() }
      // GRDB lowers it to NORMAL when it turns on the write-ahead log; then an acknowledged commit
      // could be lost with the power.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      return (pool, options.owner == .node ? claim : nil, seal)
    } catch {
      seal?.detach(from: path)
      if let failure = error as? LedgerFailure { throw failure }
      throw LedgerFailure.told(failures.translated(error)) as? LedgerFailure
        ?? LedgerFailure(.storage, "the ledger \(path) cannot be opened: \(error)")
    }
  }

  /// An empty file that only its owner can read; SQLite gives its companions the same mode.
  private func createWhenMissing() throws(LedgerFailure) {
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failures.opening(errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failures.opening(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw failures.notALedger }
  }

  /// The keys of the file; nil: it is not sealed.
  private func sealRing() throws(LedgerFailure) -> SealRing? {
    let hasKeys = access(DataKeys.path(of: path), F_OK) == 0
    switch SealedWord.stands(in: path) {
    case true where !hasKeys:
      throw LedgerFailure(
        .sealed,
        "the ledger \(path) is sealed, and \(DataKeys.path(of: path)), its keys, is missing: put it back "
          + "from a copy, or restore a backup")
    case false where hasKeys:
      throw LedgerFailure(
        .sealed,
        "the ledger \(path) is not sealed yet, though its keys are there: xiecha-admin store seal was "
          + "broken off; do it again")
    default:
      return hasKeys ? try SealRing(of: path, keyFile: options.storeKeyFile) : nil
    }
  }

  /// Whether the schema is current already.
  ///
  /// Reads only, so that a stranger's database stays as it is.
  private func inspect() throws -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { throw failures.opening(errno) }
    if status.st_size == 0 { return false }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(options.lockWaitSeconds)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    return try queue.read { database in
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      // What is left of a process that died before its first migration was kept.
      if tables == 0 { return false }
      let owner = try Int32.fetchOne(database, sql: "PRAGMA application_id")
      guard owner == Schema.applicationID else { throw failures.notALedger }
      let applied = try Schema.migrator.appliedIdentifiers(database)
      let known = Set(Schema.migrator.migrations)
      if let stranger = applied.subtracting(known).min() {
        throw LedgerFailure.newerVersion(stranger, at: path)
      }
      return applied.count == known.count
    }
  }

  private func configuration(isSealed: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.label = "Ledger"
    configuration.busyMode = .timeout(options.lockWaitSeconds)
    configuration.maximumReaderCount = SQLiteLimits.readers
    // A row names another by the number that its own transaction has just read or given out; looking
    // each up again costs a relay's node a tenth of its time. Whoever verifies a file checks them all.
    configuration.foreignKeysEnabled = false
    let maximumPages = options.maximumBytes.map { $0 / SQLiteLimits.pageBytes }
    configuration.prepareDatabase { database in
      // Savepoints and sorts stay in memory: no second file, no personal data in /tmp.
      try database.execute(
        sql: """
          PRAGMA temp_store = MEMORY;
          PRAGMA cache_size = -\(SQLiteLimits.cacheKibibytes);
          PRAGMA journal_size_limit = \(SQLiteLimits.checkpointPages * SQLiteLimits.pageBytes);
          PRAGMA secure_delete = FAST;
          """)
      if isSealed { try Self.prepareSealed(database) }
      if let maximumPages {
        try database.execute(sql: "PRAGMA max_page_count = \(maximumPages)")
      }
    }
    return configuration
  }

  /// Leaves the end of each page to the seal, and keeps pages in clear out of a journal's file: before
  /// there is a write-ahead log, the journal stays in memory.
  static func prepareSealed(_ database: Database) throws {
    var reserved = Int32(PAGE_SEAL_RESERVED_BYTES)
    sqlite3_file_control(
      database.sqliteConnection, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved)
    if try String.fetchOne(database, sql: "PRAGMA journal_mode") != "wal" {
      try database.execute(sql: "PRAGMA journal_mode = MEMORY")
    }
  }
}

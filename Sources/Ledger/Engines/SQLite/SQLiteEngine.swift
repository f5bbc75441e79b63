internal import GRDB
internal import GRDBSQLite
internal import Glibc

extension Ledger {
  /// The version of the tables that this program writes.
  public static var schemaVersion: String { Schema.migrator.migrations.last ?? "" }

  /// Whether this program can read a ledger of a version.
  public static func knows(schema: String) -> Bool {
    Schema.migrator.migrations.contains(schema)
  }
}

/// The rows of a ledger in one SQLite file: a writer, and readers beside it (write-ahead log).
final class SQLiteEngine: Engine {
  private let pool: DatabasePool
  private let ownership: FileOwnership?
  private let path: String
  let seal: SealRing?
  private let failures: SQLiteFailures
  private let kept = KeptSession()
  private let checkpoints: SQLiteCheckpoints

  init(path: String, options: LedgerOptions) throws(LedgerFailure) {
    failures = SQLiteFailures(path: path)
    self.path = path
    (pool, ownership, seal) = try SQLiteFile(path: path, options: options).open()
    checkpoints = SQLiteCheckpoints(path: path, mayLeaveThread: options.stepping == .byItself)
    pool.writeWithoutTransaction { checkpoints.follow($0) }
  }

  func write(_ work: @escaping @Sendable (any EngineWriter) -> Void) {
    pool.asyncWriteWithoutTransaction { work(self.kept.session(of: $0, self.failures)) }
  }

  func writeHere<Value>(_ work: (any EngineWriter) throws -> Value) rethrows -> Value {
    try pool.writeWithoutTransaction { try work(kept.session(of: $0, failures)) }
  }

  func read<Value: Sendable>(
    _ work: @escaping @Sendable (any EngineSession) throws -> Value
  ) async throws -> Value {
    let failures = failures
    do {
      return try await pool.read { try work(SQLiteSession($0, failures)) }
    } catch {
      throw failures.translated(error)
    }
  }

  func readHere<Value>(_ work: (any EngineSession) throws -> Value) throws -> Value {
    do {
      return try pool.read { try work(SQLiteSession($0, failures)) }
    } catch {
      throw failures.translated(error)
    }
  }

  func copy(to target: String) throws -> [String] {
    let failures = SQLiteFailures(path: target)
    let descriptor = open(target, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST {
        throw LedgerFailure(.exists, "\(target) is there already; name a new file")
      }
      throw failures.opening(errno)
    }
    Glibc.close(descriptor)
    try seal?.attach(to: target)
    defer { seal?.detach(from: target) }
    do {
      // A copy that is cut short is thrown away: it needs no journal and need not wait for the disk.
      var configuration = Configuration()
      configuration.prepareDatabase { [isSealed = seal != nil] database in
        if isSealed { try SQLiteFile.prepareSealed(database) }
        try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
      }
      let copy = try DatabaseQueue(path: target, configuration: configuration)
      try pool.backup(to: copy)
      let damage = try copy.writeWithoutTransaction { database in
        // One file and no companions: easier to carry away.
        try database.execute(sql: "PRAGMA journal_mode = MEMORY")
        return try Self.damage(in: database)
      }
      try copy.close()
      return damage
    } catch {
      for companion in ["", "-wal", "-shm", "-journal"] { unlink(target + companion) }
      // What stops the copying is damage too.
      if let error = error as? DatabaseError, error.resultCode == .SQLITE_CORRUPT {
        return [error.message ?? "\(error.resultCode)"]
      }
      throw failures.translated(error)
    }
  }

  func gather() throws {
    do {
      _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    } catch {
      throw failures.translated(error)
    }
  }

  func damage() async throws -> [String] {
    do {
      return try await pool.read { try Self.damage(in: $0) }
    } catch {
      throw failures.translated(error)
    }
  }

  private static func damage(in database: Database) throws -> [String] {
    let pages = try String.fetchAll(database, sql: "PRAGMA quick_check")
    let references = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { row in
      "table \(row[0] as String? ?? "") refers to a missing row of \(row[2] as String? ?? "")"
    }
    return pages.filter { $0 != "ok" } + references
  }

  func close() throws {
    checkpoints.close()
    // SQLite does not close while there are statements.
    pool.writeWithoutTransaction { _ in kept.session = nil }
    do {
      try pool.close()
    } catch {
      throw failures.translated(error)
    }
    seal?.detach(from: path)
    ownership?.release()
  }
}

/// The writer's session, with the statements that it has prepared.
private final class KeptSession: @unchecked Sendable {
  // Touched only on the writer's queue.
  var session: SQLiteSession?

  func session(of database: Database, _ failures: SQLiteFailures) -> SQLiteSession {
    if let session { return session }
    let made = SQLiteSession(database, failures, keepsStatements: true)
    session = made
    return made
  }
}

import GRDB
import Glibc

extension Ledger {
  /// Copies the ledger, as it is at this moment, into a new file that only its owner can read.
  ///
  /// Readers and the writer go on meanwhile. Blocks the caller.
  ///
  /// The copy gets an outbox identity of its own: a node that goes on from it gives out sequences that
  /// its peers cannot take for those it gave out after the copy was made.
  public func backUp(to target: String) throws(LedgerFailure) {
    let failures = FileFailures(path: target)
    let descriptor = open(target, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST {
        throw LedgerFailure(.exists, "\(target) is there already; name a new file for the backup")
      }
      throw failures.opening(errno)
    }
    Glibc.close(descriptor)
    do {
      let copy = try DatabaseQueue(path: target)
      try pool.backup(to: copy)
      try copy.writeWithoutTransaction { database in
        try database.execute(sql: Schema.renewOutboxIdentity)
        // One file and no companions: easier to carry away.
        try database.execute(sql: "PRAGMA journal_mode = DELETE")
      }
      try copy.close()
    } catch {
      unlink(target)
      throw failures.translated(error) as? LedgerFailure
        ?? LedgerFailure(.storage, "the backup \(target) could not be written: \(error)")
    }
  }

  /// What SQLite finds wrong with the file, line by line; empty: nothing.
  ///
  /// Reads the whole file.
  public func damage() async throws -> [String] {
    try await read { reader in
      let pages = try reader.rows("PRAGMA quick_check") { $0.text(0) }
      let references = try reader.rows("PRAGMA foreign_key_check") {
        "table \($0.text(0)) refers to a missing row of \($0.text(2))"
      }
      return pages.filter { $0 != "ok" } + references
    }
  }
}

extension LedgerTransaction {
  /// Gives the outboxes a new identity: for a ledger that was restored from a copy.
  public func renewOutboxIdentity() throws {
    try execute(Schema.renewOutboxIdentity)
  }
}

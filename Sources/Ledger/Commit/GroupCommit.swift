import GRDB
import GRDBSQLite
import Synchronization

/// The ledger's only writer: whatever arrives while one transaction is on its way to the disk shares
/// the next one, and is acknowledged when that one is on disk.
final class GroupCommit: Sendable {
  private struct Waiting {
    var requests: [CommitRequest] = []
    var isDraining = false
    var isClosed = false
  }

  private let pool: DatabasePool
  private let failures: FileFailures
  private let batchRequests: Int
  private let queuedRequests: Int
  private let waiting = Mutex(Waiting())

  init(pool: DatabasePool, failures: FileFailures, options: LedgerOptions) {
    self.pool = pool
    self.failures = failures
    batchRequests = options.batchRequests
    queuedRequests = options.queuedRequests
  }

  /// Takes a request into the queue, or refuses it at once.
  func submit(_ request: CommitRequest) throws(LedgerFailure) {
    let limit = queuedRequests
    let outcome = waiting.withLock { waiting -> Result<Bool, LedgerFailure> in
      if waiting.isClosed { return .failure(failures.closed) }
      if waiting.requests.count >= limit {
        return .failure(failures.busy("\(limit) requests wait"))
      }
      waiting.requests.append(request)
      defer { waiting.isDraining = true }
      return .success(!waiting.isDraining)
    }
    if try outcome.get() {
      pool.asyncWriteWithoutTransaction { self.drain($0) }
    }
  }

  /// Refuses new requests; those in the queue are still served.
  func close() {
    waiting.withLock { $0.isClosed = true }
  }

  private func drain(_ database: Database) {
    while true {
      let batch = waiting.withLock { waiting -> [CommitRequest] in
        let batch = Array(waiting.requests.prefix(batchRequests))
        waiting.requests.removeFirst(batch.count)
        if batch.isEmpty { waiting.isDraining = false }
        return batch
      }
      if batch.isEmpty { return }
      commit(batch, in: database)
    }
  }

  private func commit(_ batch: [CommitRequest], in database: Database) {
    var refusals: [(any Error)?] = []
    refusals.reserveCapacity(batch.count)
    do {
      try database.beginTransaction(.immediate)
      let transaction = LedgerTransaction(database)
      for request in batch {
        refusals.append(try attempt(request, in: transaction))
      }
      try database.commit()
    } catch {
      // Nothing of the batch was kept. A rollback that fails leaves nothing open either: SQLite then
      // has rolled back by itself.
      try? database.rollback()
      let failure = failures.translated(error)
      for request in batch { request.finish(failure) }
      return
    }
    for (request, refusal) in zip(batch, refusals) {
      request.finish(refusal.map { failures.translated($0) })
    }
  }

  /// Runs one request in a savepoint of its own. Returns why it was refused, undone; throws what
  /// concerns the whole batch.
  private func attempt(
    _ request: CommitRequest, in transaction: LedgerTransaction
  ) throws -> (any Error)? {
    try transaction.execute("SAVEPOINT request")
    do {
      try request.attempt(in: transaction)
    } catch {
      if FileFailures.concernsWholeBatch(error) { throw error }
      try transaction.execute("ROLLBACK TO request")
      try transaction.execute("RELEASE request")
      return error
    }
    try transaction.execute("RELEASE request")
    return nil
  }
}

import GRDB
import GRDBSQLite

/// The ledger's only writer: whatever arrives while one transaction is on its way to the disk shares
/// the next one, and is acknowledged when that one is on disk.
final class GroupCommit: Sendable {
  private struct Waiting {
    var requests: [CommitRequest] = []
    var isDraining = false
    var isClosed = false
    var statistics = CommitStatistics()
  }

  private let pool: DatabasePool
  private let failures: FileFailures
  private let batchRequests: Int
  private let queuedRequests: Int
  private let waiting = Guarded(Waiting())
  private let prepared = PreparedWriter()

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
  ///
  /// Then forgets its statements, without which SQLite would not close.
  func close() {
    waiting.withLock { $0.isClosed = true }
    pool.writeWithoutTransaction { _ in prepared.transaction = nil }
  }

  var statistics: CommitStatistics { waiting.withLock { $0.statistics } }

  private func drain(_ database: Database) {
    while true {
      let taken = waiting.withLock { waiting -> [CommitRequest] in
        let taken = Array(waiting.requests.prefix(batchRequests))
        waiting.requests.removeFirst(taken.count)
        if taken.isEmpty { waiting.isDraining = false }
        return taken
      }
      if taken.isEmpty { return }
      let batch = taken.filter { request in
        guard request.isGivenUp else { return true }
        request.finish(CancellationError())
        return false
      }
      if batch.isEmpty { continue }
      waiting.withLock { waiting in
        waiting.statistics.transactions += 1
        waiting.statistics.requests += batch.count
      }
      commit(batch, in: database)
    }
  }

  /// Tries the batch without savepoints first: they cost a quarter of the time, and almost every
  /// request either succeeds or is refused before it changed anything.
  ///
  /// If one has to be undone, the batch is taken back and done again with a savepoint for each.
  private func commit(_ batch: [CommitRequest], in database: Database) {
    let transaction = transaction(of: database)
    do {
      let refusals =
        try commit(batch, in: transaction, attempt: attemptLightly)
        ?? commit(batch, in: transaction, attempt: attemptInSavepoint)
      guard let refusals else { throw LedgerFailure(.storage, "a savepoint could not be undone") }
      for (request, refusal) in zip(batch, refusals) {
        request.finish(refusal.map { failures.translated($0) })
      }
    } catch {
      let failure = failures.translated(error)
      for request in batch { request.finish(failure) }
    }
  }

  private enum Outcome {
    case done
    case refused(any Error)
    case mustBeUndone
  }

  /// One transaction.
  ///
  /// Returns what was refused, place by place; nil when the whole had to be taken back for one
  /// request; throws what concerns them all.
  private func commit(
    _ batch: [CommitRequest], in transaction: LedgerTransaction,
    attempt: (CommitRequest, LedgerTransaction) throws -> Outcome
  ) throws -> [(any Error)?]? {
    let database = transaction.database
    var refusals: [(any Error)?] = []
    refusals.reserveCapacity(batch.count)
    do {
      try database.beginTransaction(.immediate)
      for request in batch {
        switch try attempt(request, transaction) {
        case .done: refusals.append(nil)
        case .refused(let error): refusals.append(error)
        case .mustBeUndone:
          try database.rollback()
          return nil
        }
      }
      try database.commit()
      return refusals
    } catch {
      // Nothing of the batch was kept. When the rollback fails too, SQLite has done it by itself.
      try? database.rollback()
      throw error
    }
  }

  private func attemptLightly(
    _ request: CommitRequest, in transaction: LedgerTransaction
  ) throws -> Outcome {
    let before = transaction.changesEver
    do {
      try request.attempt(in: transaction)
      try transaction.settle()
      return .done
    } catch {
      transaction.forget()
      if FileFailures.concernsWholeBatch(error) { throw error }
      return transaction.changesEver == before ? .refused(error) : .mustBeUndone
    }
  }

  private func attemptInSavepoint(
    _ request: CommitRequest, in transaction: LedgerTransaction
  ) throws -> Outcome {
    try transaction.execute("SAVEPOINT request")
    do {
      try request.attempt(in: transaction)
      try transaction.settle()
    } catch {
      transaction.forget()
      if FileFailures.concernsWholeBatch(error) { throw error }
      try transaction.execute("ROLLBACK TO request")
      try transaction.execute("RELEASE request")
      return .refused(error)
    }
    try transaction.execute("RELEASE request")
    return .done
  }

  /// The connection's transaction object, which keeps its prepared statements.
  private func transaction(of database: Database) -> LedgerTransaction {
    if let transaction = prepared.transaction, transaction.database === database {
      return transaction
    }
    let transaction = LedgerTransaction(database)
    prepared.transaction = transaction
    return transaction
  }
}

/// What stays prepared between batches.
private final class PreparedWriter: @unchecked Sendable {
  // Touched only on the writer's queue.
  var transaction: LedgerTransaction?
}

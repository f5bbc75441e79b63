/// The ledger's only writer: whatever arrives while one transaction is on its way to the disk shares
/// the next one, and is acknowledged when that one is on disk.
///
/// By itself it works on a thread of the engine as long as requests wait. By hand it does one batch
/// at each ``step()``, on the thread that takes it.
final class GroupCommit: Sendable {
  private struct Waiting {
    var requests: [CommitRequest] = []
    var isDraining = false
    var isClosed = false
    var statistics = CommitStatistics()
  }

  private let engine: any Engine
  private let options: LedgerOptions
  private let signer: Guarded<(any LogSigner)?>
  private let waiting = Guarded(Waiting())

  init(engine: any Engine, options: LedgerOptions) {
    self.engine = engine
    self.options = options
    signer = Guarded(nil)
  }

  /// Signs the log by this key from now on.
  func sign(by key: any LogSigner) { signer.withLock { $0 = key } }

  /// Takes a request into the queue, or refuses it at once.
  func submit(_ request: CommitRequest) throws(LedgerFailure) {
    let limit = options.queuedRequests
    let outcome = waiting.withLock { waiting -> Result<Bool, LedgerFailure> in
      if waiting.isClosed { return .failure(.closed) }
      if waiting.requests.count >= limit {
        return .failure(.busy("\(limit) requests wait"))
      }
      waiting.requests.append(request)
      if options.stepping == .byHand { return .success(false) }
      defer { waiting.isDraining = true }
      return .success(!waiting.isDraining)
    }
    if try outcome.get() {
      engine.write { writer in while self.commitNext(with: writer) {} }
    }
  }

  /// Does the next batch, on this thread.
  ///
  /// - Returns: false when nothing waits.
  func step() -> Bool { engine.writeHere { commitNext(with: $0) } }

  /// Refuses new requests; those in the queue are still served.
  func close() {
    waiting.withLock { $0.isClosed = true }
    engine.writeHere { while commitNext(with: $0) {} }
  }

  var statistics: CommitStatistics { waiting.withLock { $0.statistics } }

  private func commitNext(with writer: any EngineWriter) -> Bool {
    let taken = waiting.withLock { waiting -> [CommitRequest] in
      let taken = Array(waiting.requests.prefix(options.batchRequests))
      waiting.requests.removeFirst(taken.count)
      if taken.isEmpty { waiting.isDraining = false }
      return taken
    }
    if taken.isEmpty { return false }
    let batch = taken.filter { request in
      guard request.isGivenUp else { return true }
      request.finish(CancellationError())
      return false
    }
    if batch.isEmpty { return true }
    waiting.withLock { waiting in
      waiting.statistics.transactions += 1
      waiting.statistics.requests += batch.count
    }
    commit(batch, with: writer)
    return true
  }

  /// Tries the batch without savepoints first: they cost a quarter of the time, and almost every
  /// request either succeeds or is refused before it changed anything.
  ///
  /// If one has to be undone, the batch is taken back and done again with a savepoint for each.
  private func commit(_ batch: [CommitRequest], with writer: any EngineWriter) {
    do {
      let refusals =
        try commit(batch, with: writer, .together) ?? commit(batch, with: writer, .apart)
      guard let refusals else { throw LedgerFailure(.storage, "a savepoint could not be undone") }
      for (request, refusal) in zip(batch, refusals) {
        request.finish(refusal.map(LedgerFailure.told))
      }
    } catch {
      let failure = LedgerFailure.told(error)
      for request in batch { request.finish(failure) }
    }
  }

  /// How the requests of a batch stand in its transaction.
  private enum Standing {
    /// One that must be undone takes the others with it.
    case together
    /// Each in a savepoint of its own.
    case apart
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
    _ batch: [CommitRequest], with writer: any EngineWriter, _ standing: Standing
  ) throws -> [(any Error)?]? {
    var refusals: [(any Error)?] = []
    refusals.reserveCapacity(batch.count)
    let transaction = LedgerTransaction(writer)
    do {
      try writer.begin()
      for request in batch {
        let outcome =
          switch standing {
          case .together: attempt(request, in: transaction, writer)
          case .apart: try attemptInSavepoint(request, in: transaction, writer)
          }
        if let trouble = transaction.trouble { throw trouble }
        switch outcome {
        case .done: refusals.append(nil)
        case .refused(let error): refusals.append(error)
        case .mustBeUndone:
          writer.rollBack()
          return nil
        }
      }
      try transaction.closePage(signer: signer.withLock { $0 })
      try writer.commit()
      return refusals
    } catch {
      let isSpoiltByOne =
        standing == .together && writer.isSpoilt
        && (error as? EngineFailure)?.concernsAll == false
      // Nothing of the batch was kept.
      writer.rollBack()
      if isSpoiltByOne { return nil }
      throw error
    }
  }

  private func attempt(
    _ request: CommitRequest, in transaction: LedgerTransaction, _ writer: any EngineWriter
  ) -> Outcome {
    let (before, entries) = (transaction.changes, transaction.draft.leaves.count)
    do {
      try request.attempt(in: transaction)
      try transaction.settle()
      return writer.isSpoilt ? .mustBeUndone : .done
    } catch {
      transaction.forget()
      transaction.draft.takeBack(to: entries)
      let isUntouched = transaction.changes == before && !writer.isSpoilt
      return isUntouched ? .refused(error) : .mustBeUndone
    }
  }

  private func attemptInSavepoint(
    _ request: CommitRequest, in transaction: LedgerTransaction, _ writer: any EngineWriter
  ) throws -> Outcome {
    try writer.setSavepoint()
    let entries = transaction.draft.leaves.count
    do {
      try request.attempt(in: transaction)
      try transaction.settle()
      try writer.settle()
    } catch {
      transaction.forget()
      transaction.draft.takeBack(to: entries)
      if transaction.trouble == nil { try writer.rollBackToSavepoint() }
      return .refused(error)
    }
    try writer.releaseSavepoint()
    return .done
  }
}

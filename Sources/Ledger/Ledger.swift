/// Everything on disk of one node: items and their events, what goes to and came from its peers,
/// accounts, the trace of readings, the register of records, the calendar.
///
/// Writing goes through ``commit(_:)``, reading through ``read(_:)``; both hand their closure the whole
/// vocabulary. Whatever `commit` returned is on disk.
public final class Ledger: Sendable {
  /// Where the ledger is.
  public let path: String
  let engine: any Engine
  private let writer: GroupCommit
  private let stepping: LedgerOptions.Stepping

  /// The ledger that an engine keeps at a path.
  init(path: String, engine: any Engine, options: LedgerOptions) {
    self.path = path
    self.engine = engine
    stepping = options.stepping
    writer = GroupCommit(engine: engine, options: options)
  }

  /// Does the work in a transaction that it may share with others; returns when that is on disk.
  ///
  /// The work stands alone: what it throws undoes its own changes and nobody else's. It runs on the
  /// writer's thread, so it must not wait for anything; and it may run twice, the first run undone,
  /// so it must have no effect outside the transaction.
  ///
  /// A task that is cancelled while its request waits takes it back: nothing was done then. Once the
  /// work has begun it is finished.
  ///
  /// - Throws: what the work threw, or why the ledger could not keep it (``LedgerFailure``), or
  ///   `CancellationError`.
  @discardableResult
  public func commit<Value: Sendable>(
    _ work: @escaping @Sendable (LedgerTransaction) throws -> Value
  ) async throws -> Value {
    let interest = CommitInterest()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        submit(
          TypedCommitRequest(work: work, interest: interest) { continuation.resume(with: $0) })
      }
    } onCancel: {
      interest.end()
    }
  }

  /// Like ``commit(_:)``, for callers without a task of their own; `completion` runs on the writer's
  /// thread and must be short.
  public func commit<Value: Sendable>(
    _ work: @escaping @Sendable (LedgerTransaction) throws -> Value,
    completion: @escaping @Sendable (Result<Value, any Error>) -> Void
  ) {
    submit(TypedCommitRequest(work: work, completion: completion))
  }

  private func submit(_ request: CommitRequest) {
    do {
      try writer.submit(request)
    } catch {
      request.finish(error)
    }
  }

  /// Does, on this thread, the next transaction that commits wait for: only where the ledger was
  /// opened to be stepped by hand.
  ///
  /// - Returns: false when none waits.
  @discardableResult
  public func step() -> Bool { writer.step() }

  /// Signs the log by this key from now on: by the node's certificate, again whenever it has another.
  public func sign(by key: any LogSigner) { writer.sign(by: key) }

  /// What the writer has done since the ledger was opened.
  public var commitStatistics: CommitStatistics { writer.statistics }

  /// Asks the ledger; the closure sees one state of it throughout, beside any writing.
  public func read<Value: Sendable>(
    _ work: @escaping @Sendable (LedgerReader) throws -> Value
  ) async throws -> Value {
    do {
      return switch stepping {
      case .byItself: try await engine.read { try work(LedgerReader($0)) }
      case .byHand: try engine.readHere { try work(LedgerReader($0)) }
      }
    } catch {
      throw LedgerFailure.told(error)
    }
  }

  /// Ends writing and reading: what waits is still written, what comes later is refused.
  ///
  /// Blocks until that is done, so it must not be called from inside a commit or a read.
  public func close() throws(LedgerFailure) {
    writer.close()
    do {
      try engine.close()
    } catch {
      throw LedgerFailure.told(error) as? LedgerFailure ?? .closed
    }
  }
}

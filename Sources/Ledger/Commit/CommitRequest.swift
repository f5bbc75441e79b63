internal import Synchronization

/// Whether somebody still waits for a request: work that nobody waits for is not begun, so that a
/// writer with more to do than it can does what is still wanted.
final class CommitInterest: Sendable {
  private let isOver = Atomic<Bool>(false)

  var isLost: Bool { isOver.load(ordering: .relaxed) }

  func end() { isOver.store(true, ordering: .relaxed) }
}

/// One caller's work on its way through the writer.
class CommitRequest: @unchecked Sendable {
  // Touched only by the writer, and by the caller before it hands the request over.

  /// Nobody waits for it any more.
  var isGivenUp: Bool { false }

  /// Runs the work, keeping what it returned; throws what it threw.
  func attempt(in transaction: LedgerTransaction) throws {}

  /// Tells the caller how it ended: nil when its work is on disk.
  func finish(_ failure: (any Error)?) {}
}

/// A request whose work returns a value of some type.
final class TypedCommitRequest<Value: Sendable>: CommitRequest, @unchecked Sendable {
  private let work: @Sendable (LedgerTransaction) throws -> Value
  private let completion: @Sendable (Result<Value, any Error>) -> Void
  private let interest: CommitInterest?
  private var value: Value?

  init(
    work: @escaping @Sendable (LedgerTransaction) throws -> Value, interest: CommitInterest? = nil,
    completion: @escaping @Sendable (Result<Value, any Error>) -> Void
  ) {
    self.work = work
    self.interest = interest
    self.completion = completion
  }

  override var isGivenUp: Bool { interest?.isLost ?? false }

  override func attempt(in transaction: LedgerTransaction) throws {
    value = try work(transaction)
  }

  override func finish(_ failure: (any Error)?) {
    if let failure {
      completion(.failure(failure))
    } else if let value {
      completion(.success(value))
    } else {
      completion(.failure(LedgerFailure(.storage, "the ledger did not run the request")))
    }
  }
}

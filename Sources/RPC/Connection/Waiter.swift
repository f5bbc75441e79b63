internal import NIOConcurrencyHelpers

/// Lets one task wait: until it is resumed or cancelled, whichever comes first; the rest is ignored.
@usableFromInline
final class Waiter<Value: Sendable>: Sendable {
  private enum State {
    case nobody
    case waiting(CheckedContinuation<Value, any Error>)
    case over(Result<Value, any Error>)
  }

  private let state = NIOLockedValueBox(State.nobody)

  /// What it is resumed with, perhaps before it waits; or throws `CancellationError`.
  func value() async throws -> Value {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome = state.withLockedValue { state -> Result<Value, any Error>? in
          if case .over(let outcome) = state { return outcome }
          state = .waiting(continuation)
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      resume(with: .failure(CancellationError()))
    }
  }

  func resume(with outcome: Result<Value, any Error>) {
    let waiting = state.withLockedValue { state -> CheckedContinuation<Value, any Error>? in
      switch state {
      case .over: return nil
      case .nobody:
        state = .over(outcome)
        return nil
      case .waiting(let continuation):
        state = .over(outcome)
        return continuation
      }
    }
    waiting?.resume(with: outcome)
  }
}

extension Waiter where Value == Void {
  func resume() { resume(with: .success(())) }

  func resume(throwing error: any Error) { resume(with: .failure(error)) }
}

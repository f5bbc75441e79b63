import NIOConcurrencyHelpers
import NIOCore

/// A clock that only pauses move.
///
/// One that ends by `limit` is over at once; a longer one lasts until its task is cancelled, as a
/// deadline does that is not reached.
final class TestTime: Sendable {
  private struct State {
    var waited = TimeAmount.nanoseconds(0)
    var pauses: [TimeAmount] = []
  }

  /// Tells of each pause that lasts.
  let lasting: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation
  private let state = NIOLockedValueBox(State())
  private let start = NIODeadline.now()
  private let limit: TimeAmount

  init(limit: TimeAmount = .seconds(5)) {
    self.limit = limit
    (lasting, continuation) = AsyncStream.makeStream()
  }

  /// What all pauses that are over took.
  var waited: TimeAmount { state.withLockedValue(\.waited) }
  /// The pauses that are over.
  var pauses: [TimeAmount] { state.withLockedValue(\.pauses) }

  var now: @Sendable () -> NIODeadline {
    { self.start + self.waited }
  }

  var pause: @Sendable (TimeAmount) async throws -> Void {
    { time in
      try Task.checkCancellation()
      let isOver = self.state.withLockedValue { state in
        guard state.waited + time <= self.limit else { return false }
        state.waited = state.waited + time
        state.pauses.append(time)
        return true
      }
      if isOver { return }
      self.continuation.yield()
      await untilCancelled()
      throw CancellationError()
    }
  }
}

/// Returns when the task is cancelled.
func untilCancelled() async {
  for await _ in AsyncStream<Void>(Void.self, { _ in }) {}
}

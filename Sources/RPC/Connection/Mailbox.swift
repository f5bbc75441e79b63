internal import NIOConcurrencyHelpers
internal import NIOCore

/// What came on a stream and was not taken yet: one consumer, in order, then the end.
///
/// It is bounded by the stream's credit: the peer may not send more before something is taken.
final class Mailbox<Element: Sendable>: Sendable {
  private struct State {
    var waiting = CircularBuffer<Element>()
    var end: Result<Void, any Error>?
    var consumer: CheckedContinuation<Element?, any Error>?
  }

  private let state = NIOLockedValueBox(State())

  func put(_ element: Element) {
    let consumer = state.withLockedValue { state -> CheckedContinuation<Element?, any Error>? in
      guard state.end == nil else { return nil }
      if let consumer = state.consumer {
        state.consumer = nil
        return consumer
      }
      state.waiting.append(element)
      return nil
    }
    consumer?.resume(returning: element)
  }

  /// Ends the stream; what waits is still taken, then comes the end, or its error: what was sent
  /// before a failure was sent.
  func finish(_ end: Result<Void, any Error>) {
    let consumer = state.withLockedValue { state -> CheckedContinuation<Element?, any Error>? in
      guard state.end == nil else { return nil }
      state.end = end
      defer { state.consumer = nil }
      return state.consumer
    }
    consumer?.resume(with: end.map { nil })
  }

  /// Ends the stream, and drops what waits: nobody wants it any more.
  func cancel(_ error: any Error) {
    state.withLockedValue { $0.waiting.removeAll() }
    finish(.failure(error))
  }

  /// The next element, or nil at the end.
  func next() async throws -> Element? {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome = state.withLockedValue { state -> Result<Element?, any Error>? in
          if let element = state.waiting.popFirst() { return .success(element) }
          if let end = state.end { return end.map { nil } }
          guard state.consumer == nil else { return .failure(TwoConsumers()) }
          state.consumer = continuation
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      cancel(CancellationError())
    }
  }

  /// What waits now, at most `limit`, without waiting for more.
  func takeWaiting(upTo limit: Int) -> [Element] {
    state.withLockedValue { state in
      var elements: [Element] = []
      while elements.count < limit, let element = state.waiting.popFirst() {
        elements.append(element)
      }
      return elements
    }
  }

  private struct TwoConsumers: Error {}
}

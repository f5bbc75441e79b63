internal import NIOConcurrencyHelpers
internal import Wire

/// An attempt to connect that several calls wait for, each as long as it may.
final class ConnectAttempt: Sendable {
  typealias Outcome = Result<RPCConnection, CallFailure>

  private struct State {
    var outcome: Outcome?
    var waiters: [Waiter<RPCConnection>] = []
  }

  private let state = NIOLockedValueBox(State())

  /// Tells everybody who waits, now or later.
  ///
  /// Only the first outcome counts.
  func finish(_ outcome: Outcome) {
    let waiters = state.withLockedValue { state in
      if state.outcome == nil { state.outcome = outcome }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume(with: outcome.mapError { $0 }) }
  }

  /// The connection, or why there is none; `cancelled` if this task is cancelled first.
  func connection() async throws(CallFailure) -> RPCConnection {
    let waiter = Waiter<RPCConnection>()
    let outcome = state.withLockedValue { state in
      if state.outcome == nil { state.waiters.append(waiter) }
      return state.outcome
    }
    if let outcome { return try outcome.get() }
    do {
      return try await waiter.value()
    } catch {
      throw error as? CallFailure ?? .givenUp
    }
  }
}

public import ExchangeProtos
public import NIOCore
internal import Synchronization
public import Wire

/// A client that stays: it connects when it is called, connects again when the connection is lost,
/// and makes calls again where its policy says that this is safe and its budget that it is bearable.
///
/// A call has one deadline for all its attempts: each is sent with the time that is left, waiting
/// included, and none is begun after it.
public final class RPCClient: Sendable {
  private struct State {
    var connection: RPCConnection?
    var connecting: Task<Result<RPCConnection, CallFailure>, Never>?
    var backoff = Backoff()
    var budget: RetryBudget
  }

  private let policy: RetryPolicy
  private let connect: @Sendable () async throws(CallFailure) -> RPCConnection
  private let now: @Sendable () -> NIODeadline
  private let pause: @Sendable (TimeAmount) async throws -> Void
  private let state: Mutex<State>

  /// A client that opens its connections with `connect`.
  ///
  /// - Parameters:
  ///   - now: the time; a test gives its own.
  ///   - pause: waits between attempts; a test does not wait.
  public init(
    policy: RetryPolicy, budget: RetryBudget = RetryBudget(),
    now: @escaping @Sendable () -> NIODeadline = { .now() },
    pause: @escaping @Sendable (TimeAmount) async throws -> Void = {
      try await Task.sleep(for: .nanoseconds($0.nanoseconds))
    },
    connect: @escaping @Sendable () async throws(CallFailure) -> RPCConnection
  ) {
    self.policy = policy
    self.connect = connect
    self.now = now
    self.pause = pause
    state = Mutex(State(budget: budget))
  }

  /// Calls a method, again where that is safe; the time counts for all attempts together.
  ///
  /// - Throws: the failure of the last attempt.
  public func call<Request, Reply>(
    _ method: UnaryMethod<Request, Reply>, _ request: Request,
    timeout: TimeAmount = .seconds(30)
  ) async throws(CallFailure) -> Reply {
    let deadline = now() + timeout
    state.withLock { $0.budget.called() }
    var attempt = 1
    while true {
      do throws(CallFailure) {
        let connection = try await connection()
        let left = deadline - now()
        guard left > .nanoseconds(0) else { throw .deadlineExceeded }
        let reply = try await connection.call(method, request, timeout: left)
        state.withLock { $0.backoff.succeeded() }
        return reply
      } catch {
        try await wait(after: error, of: method.descriptor, attempt: attempt, until: deadline)
        attempt += 1
      }
    }
  }

  /// Lets open calls end, then closes; the next call connects again.
  public func close() async {
    let connection = state.withLock { state in
      defer { state.connection = nil }
      return state.connection
    }
    await connection?.close()
  }

  /// Returns when the next attempt is due, or throws the failure if there is none.
  private func wait(
    after failure: CallFailure, of method: MethodDescriptor, attempt: Int,
    until deadline: NIODeadline
  ) async throws(CallFailure) {
    guard case .retry(let hint) = policy.decide(failure, of: method, attempt: attempt) else {
      throw failure
    }
    let pauseTime = state.withLock { state -> TimeAmount? in
      guard state.budget.takeRetry() else { return nil }
      let jittered = TimeAmount(state.backoff.next())
      return max(jittered, .milliseconds(Int64(hint)))
    }
    // Waiting past the deadline helps nobody: the caller hears at once.
    guard let pauseTime, now() + pauseTime < deadline else { throw failure }
    do {
      try await pause(pauseTime)
    } catch {
      throw CallFailure(.cancelled, "cancelled", "the call was given up")
    }
  }

  /// The open connection, or a new one; callers that come together wait for the same attempt.
  private func connection() async throws(CallFailure) -> RPCConnection {
    let (open, attempt) = state.withLock {
      state -> (RPCConnection?, Task<Result<RPCConnection, CallFailure>, Never>?) in
      if let connection = state.connection, connection.isOpen { return (connection, nil) }
      if let connecting = state.connecting { return (nil, connecting) }
      let attempt = Task { [connect] () -> Result<RPCConnection, CallFailure> in
        let outcome: Result<RPCConnection, CallFailure>
        do throws(CallFailure) {
          outcome = .success(try await connect())
        } catch {
          outcome = .failure(error)
        }
        self.state.withLock { state in
          state.connecting = nil
          state.connection = try? outcome.get()
        }
        return outcome
      }
      state.connecting = attempt
      return (nil, attempt)
    }
    if let open { return open }
    guard let outcome = await attempt?.value else { throw .connectionLost }
    return try outcome.get()
  }
}

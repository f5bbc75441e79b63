public import ExchangeProtos
internal import NIOConcurrencyHelpers
public import NIOCore
public import Wire

/// A client that stays: it connects when it is called, connects again when the connection is lost or
/// its node is leaving, and makes calls again where that is safe and its budget finds it bearable.
///
/// A call has one deadline for all its attempts, connecting and waiting included: each is sent with
/// the time that is left, and none is begun after it.
public final class RPCClient: Sendable {
  private struct State {
    var connection: RPCConnection?
    var connecting: (attempt: ConnectAttempt, task: Task<Void, Never>)?
    /// The wait before the next attempt to connect: it grows with each attempt that failed, however
    /// many calls waited for it.
    var backoff = Backoff()
    /// The last attempt's failure, until one succeeds; before `notBefore` there is no other.
    var failed: (failure: CallFailure, notBefore: NIODeadline)?
    var budget: RetryBudget
  }

  private let policy: RetryPolicy
  private let connect: @Sendable () async throws(CallFailure) -> RPCConnection
  private let now: @Sendable () -> NIODeadline
  private let pause: @Sendable (TimeAmount) async throws -> Void
  private let state: NIOLockedValueBox<State>

  /// A client that opens its connections with `connect`, which ends when its task is cancelled.
  ///
  /// - `now`: The time; a test gives its own.
  /// - `pause`: Waits between attempts, and for deadlines; a test does not wait.
  public init(
    policy: RetryPolicy = RetryPolicy(), budget: RetryBudget = RetryBudget(),
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
    state = NIOLockedValueBox(State(budget: budget))
  }

  /// Calls a method, again where that is safe; the time counts for all attempts together.
  ///
  /// - Throws: the failure of the last attempt.
  public func call<Request, Reply>(
    _ method: UnaryMethod<Request, Reply>, _ request: Request,
    timeout: TimeAmount = .seconds(30)
  ) async throws(CallFailure) -> Reply {
    try await attempt(method.descriptor, timeout: timeout) {
      connection, left async throws(CallFailure) in
      try await connection.call(method, request, timeout: left)
    }
  }

  /// Asks for a stream and gathers all of it; again from its beginning where that is safe.
  ///
  /// The time counts for all attempts together.
  ///
  /// - Throws: the failure of the last attempt.
  public func all<Request, Reply>(
    _ method: ServerStreamingMethod<Request, Reply>, _ request: Request,
    timeout: TimeAmount = .seconds(120)
  ) async throws(CallFailure) -> [Reply] {
    try await attempt(method.descriptor, timeout: timeout) {
      connection, left async throws(CallFailure) in
      let stream = await connection.stream(method, request, timeout: left)
      var replies: [Reply] = []
      do {
        for try await reply in stream { replies.append(reply) }
      } catch {
        throw CallFailure(other: error)
      }
      return replies
    }
  }

  /// Gives up connecting, lets open calls end, then closes; the next call connects again.
  public func close() async {
    let (connection, connecting) = state.withLockedValue { state in
      defer { (state.connection, state.connecting) = (nil, nil) }
      return (state.connection, state.connecting)
    }
    connecting?.task.cancel()
    connecting?.attempt.finish(.failure(.givenUp))
    await connection?.close()
  }

  // MARK: Attempts

  private func attempt<Reply>(
    _ method: MethodDescriptor, timeout: TimeAmount,
    _ work: (RPCConnection, TimeAmount) async throws(CallFailure) -> Reply
  ) async throws(CallFailure) -> Reply {
    let deadline = now() + timeout
    state.withLockedValue { $0.budget.called() }
    var backoff = Backoff()
    var attempt = 1
    while true {
      do throws(CallFailure) {
        let connection = try await connection(until: deadline)
        return try await work(connection, try left(until: deadline))
      } catch {
        guard case .retry(let hint) = policy.decide(error, of: method, attempt: attempt),
          takeRetry(after: error)
        else { throw error }
        let wait = max(TimeAmount(backoff.next()), .milliseconds(Int64(hint)))
        // Waiting past the deadline helps nobody: the caller hears at once.
        guard now() + wait < deadline else { throw error }
        try await rest(wait)
        attempt += 1
      }
    }
  }

  /// What a node has not begun with costs it nothing more, and needs no budget.
  private func takeRetry(after failure: CallFailure) -> Bool {
    failure.wasNotBegun || state.withLockedValue { $0.budget.takeRetry() }
  }

  private func left(until deadline: NIODeadline) throws(CallFailure) -> TimeAmount {
    let left = deadline - now()
    guard left > .nanoseconds(0) else { throw .notInTime.notBegun }
    return left
  }

  private func rest(_ time: TimeAmount) async throws(CallFailure) {
    do {
      try await pause(time)
    } catch {
      throw .givenUp
    }
  }

  // MARK: Connecting

  /// The open connection, or a new one; calls that come together wait for the same attempt.
  private func connection(until deadline: NIODeadline) async throws(CallFailure) -> RPCConnection {
    let found = state.withLockedValue { state -> Result<Connecting, CallFailure> in
      if let connection = state.connection, connection.isOpen { return .success(.done(connection)) }
      if let connecting = state.connecting { return .success(.underWay(connecting.attempt)) }
      if let failed = state.failed, failed.notBefore >= deadline {
        return .failure(failed.failure)
      }
      let attempt = ConnectAttempt()
      let task = Task { [wait = state.failed.map { $0.notBefore - now() }] in
        await run(attempt, after: wait ?? .nanoseconds(0))
      }
      state.connecting = (attempt, task)
      return .success(.underWay(attempt))
    }
    switch try found.get() {
    case .done(let connection): return connection
    case .underWay(let attempt): return try await wait(for: attempt, until: deadline)
    }
  }

  private enum Connecting {
    case done(RPCConnection)
    case underWay(ConnectAttempt)
  }

  private func run(_ attempt: ConnectAttempt, after wait: TimeAmount) async {
    let outcome: ConnectAttempt.Outcome
    do throws(CallFailure) {
      if wait > .nanoseconds(0) { try await rest(wait) }
      outcome = .success(try await connect())
    } catch {
      outcome = .failure(error)
    }
    let isWanted = state.withLockedValue { state in
      guard state.connecting?.attempt === attempt else { return false }
      state.connecting = nil
      switch outcome {
      case .success(let connection):
        state.connection = connection
        state.backoff.succeeded()
        state.failed = nil
      case .failure(let failure):
        state.failed = (failure, now() + TimeAmount(state.backoff.next()))
      }
      return true
    }
    attempt.finish(outcome)
    // Closed meanwhile.
    if !isWanted, case .success(let connection) = outcome { await connection.close() }
  }

  /// Waits no longer than the call may, however long the attempt goes on for others.
  private func wait(
    for attempt: ConnectAttempt, until deadline: NIODeadline
  ) async throws(CallFailure) -> RPCConnection {
    let left = try left(until: deadline)
    let outcome = await withTaskGroup(of: ConnectAttempt.Outcome.self) { group in
      group.addTask {
        do throws(CallFailure) {
          return .success(try await attempt.connection())
        } catch {
          return .failure(error)
        }
      }
      group.addTask {
        do throws(CallFailure) {
          try await self.rest(left)
          return .failure(.notInTime.notBegun)
        } catch {
          return .failure(error)
        }
      }
      defer { group.cancelAll() }
      return await group.next() ?? .failure(.givenUp)
    }
    return try outcome.get()
  }
}

import ExchangeProtos
import NIOCore
import RPC
import Synchronization
import Testing
import Wire

@Suite("A client tries again where that is safe", .timeLimit(.minutes(1)))
struct RetryTests {
  struct Row: Sendable {
    let status: StatusCode
    let reason: String
    let hint: UInt32
    let isRepeatable: Bool
    let expected: RetryPolicy.Decision
  }

  @Test(
    "Not looked at: always. Perhaps done: only what may be repeated. Shed: after the hint",
    arguments: [
      Row(
        status: .unavailable, reason: "not-looked-at", hint: 0, isRepeatable: false,
        expected: .retry(afterMilliseconds: 0)),
      Row(
        status: .unavailable, reason: "unreachable", hint: 0, isRepeatable: false,
        expected: .retry(afterMilliseconds: 0)),
      Row(
        status: .unavailable, reason: "connection-lost", hint: 0, isRepeatable: false,
        expected: .giveUp),
      Row(
        status: .unavailable, reason: "connection-lost", hint: 0, isRepeatable: true,
        expected: .retry(afterMilliseconds: 0)),
      Row(
        status: .resourceExhausted, reason: "overloaded", hint: 250, isRepeatable: true,
        expected: .retry(afterMilliseconds: 250)),
      Row(
        status: .resourceExhausted, reason: "overloaded", hint: 0, isRepeatable: true,
        expected: .giveUp),
      Row(
        status: .resourceExhausted, reason: "overloaded", hint: 250, isRepeatable: false,
        expected: .giveUp),
      Row(
        status: .deadlineExceeded, reason: "deadline-exceeded", hint: 0, isRepeatable: true,
        expected: .giveUp),
      Row(
        status: .permissionDenied, reason: "wrong-role", hint: 0, isRepeatable: true,
        expected: .giveUp),
    ])
  func decisions(row: Row) {
    let policy = RetryPolicy(repeatable: row.isRepeatable ? [Items.follow.descriptor] : [])
    let failure = CallFailure(
      row.status, row.reason, "said so", retryAfterMilliseconds: row.hint)
    #expect(policy.decide(failure, of: Items.follow.descriptor, attempt: 1) == row.expected)
    #expect(policy.decide(failure, of: Items.follow.descriptor, attempt: 4) == .giveUp)
  }

  @Test("The budget gives one retry for ten calls, and holds ten")
  func budget() {
    var budget = RetryBudget()
    for _ in 0..<1000 { budget.called() }
    var taken = 0
    while budget.takeRetry() { taken += 1 }
    #expect(taken == 10)
    for _ in 0..<9 { budget.called() }
    let first = budget.takeRetry()
    #expect(!first)
    budget.called()
    let (second, third) = (budget.takeRetry(), budget.takeRetry())
    #expect(second && !third)
  }

  @Test("A node that is away for two attempts: the call succeeds, its time counts from the first")
  func comesBack() async throws {
    let seen = Mutex<UInt32?>(nil)
    let network = try await Network.start { methods in
      methods.answer(Bench.submit) { _, context in
        seen.withLock { $0 = context.millisecondsLeft }
        return Network.acknowledge(Network.item)
      }
    }
    let time = TestTime()
    let attempts = Mutex(0)
    let client = RPCClient(
      policy: RetryPolicy(repeatable: []), now: time.now, pause: time.pause
    ) { () throws(CallFailure) in
      let attempt = attempts.withLock {
        $0 += 1
        return $0
      }
      guard attempt > 2 else { throw CallFailure(.unavailable, "unreachable", "away") }
      return try await network.connect()
    }
    _ = try await client.call(Bench.submit, Network.item, timeout: .seconds(20))
    let made = attempts.withLock { $0 }
    #expect(made == 3)
    let waited = time.waited.nanoseconds / 1_000_000
    #expect(waited > 0)
    let last = seen.withLock { $0 }
    let left = try #require(last)
    #expect(Int64(left) <= 20_000 - waited)
    await client.close()
  }

  @Test("No attempt is begun when its pause would end past the deadline")
  func deadline() async throws {
    let time = TestTime()
    let client = RPCClient(
      policy: RetryPolicy(repeatable: []), now: time.now, pause: time.pause
    ) { () throws(CallFailure) in throw CallFailure(.unavailable, "unreachable", "away") }
    let failure = await #expect(throws: CallFailure.self) {
      _ = try await client.call(Bench.submit, Network.item, timeout: .milliseconds(10))
    }
    #expect(failure?.reason == "unreachable")
    #expect(time.waited == .nanoseconds(0))
  }

  @Test("With its budget spent a client asks no more than once a call")
  func spent() async throws {
    let time = TestTime()
    let attempts = Mutex(0)
    let client = RPCClient(
      policy: RetryPolicy(repeatable: []),
      budget: RetryBudget(thousandthsPerCall: 0, largestRetries: 2), now: time.now,
      pause: time.pause
    ) { () throws(CallFailure) in
      attempts.withLock { $0 += 1 }
      throw CallFailure(.unavailable, "unreachable", "away")
    }
    for _ in 0..<5 {
      await #expect(throws: CallFailure.self) {
        _ = try await client.call(Bench.submit, Network.item)
      }
    }
    let made = attempts.withLock { $0 }
    #expect(made == 5 + 2)
  }

  @Test("A lost connection is opened again for the next call")
  func reconnects() async throws {
    let network = try await Network.start { methods in
      methods.answer(Bench.submit) { _, _ in Network.acknowledge(Network.item) }
    }
    let opened = Mutex<[RPCConnection]>([])
    let client = RPCClient(policy: RetryPolicy(repeatable: [])) { () throws(CallFailure) in
      let connection = try await network.connect()
      opened.withLock { $0.append(connection) }
      return connection
    }
    for _ in 0..<2 {
      _ = try await client.call(Bench.submit, Network.item)
      await opened.withLock { $0.last }?.close()
    }
    let count = opened.withLock { $0.count }
    #expect(count == 2)
  }
}

/// A clock that only pauses move.
private final class TestTime: Sendable {
  private let passed = Mutex(TimeAmount.nanoseconds(0))
  private let start = NIODeadline.now()

  var waited: TimeAmount { passed.withLock(\.self) }

  var now: @Sendable () -> NIODeadline {
    { self.start + self.waited }
  }

  var pause: @Sendable (TimeAmount) async throws -> Void {
    { time in self.passed.withLock { $0 = $0 + time } }
  }
}

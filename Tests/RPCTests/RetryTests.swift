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
    var hint: UInt32 = 0
    /// Whether the client itself knows that the node has not begun.
    var notBegun = false
    let isIdempotent: Bool
    let expected: RetryPolicy.Decision
  }

  @Test(
    "Not begun: always. Perhaps done: only what is idempotent. Shed: after the hint",
    arguments: [
      Row(
        status: .unavailable, reason: "not-looked-at", notBegun: true, isIdempotent: false,
        expected: .retry(afterMilliseconds: 0)),
      Row(
        status: .unavailable, reason: "unreachable", notBegun: true, isIdempotent: false,
        expected: .retry(afterMilliseconds: 0)),
      Row(
        status: .unavailable, reason: "unreachable", isIdempotent: false, expected: .giveUp),
      Row(
        status: .unavailable, reason: "not-looked-at", isIdempotent: false, expected: .giveUp),
      Row(
        status: .unavailable, reason: "connection-lost", isIdempotent: false, expected: .giveUp),
      Row(
        status: .unavailable, reason: "connection-lost", isIdempotent: true,
        expected: .retry(afterMilliseconds: 0)),
      Row(
        status: .resourceExhausted, reason: "overloaded", hint: 250, isIdempotent: true,
        expected: .retry(afterMilliseconds: 250)),
      Row(
        status: .resourceExhausted, reason: "overloaded", isIdempotent: true, expected: .giveUp),
      Row(
        status: .resourceExhausted, reason: "overloaded", hint: 250, isIdempotent: false,
        expected: .giveUp),
      Row(
        status: .resourceExhausted, reason: "too-many-calls", hint: 100, notBegun: true,
        isIdempotent: false, expected: .retry(afterMilliseconds: 100)),
      Row(
        status: .unauthenticated, reason: "authentication-failed", notBegun: true,
        isIdempotent: true, expected: .giveUp),
      Row(
        status: .deadlineExceeded, reason: "deadline-exceeded", isIdempotent: true,
        expected: .giveUp),
      Row(
        status: .permissionDenied, reason: "wrong-role", isIdempotent: true, expected: .giveUp),
    ])
  func decisions(row: Row) {
    let method = row.isIdempotent ? Items.counts.descriptor : Items.follow.descriptor
    var failure = CallFailure(
      row.status, word: row.reason, "said so", retryAfterMilliseconds: row.hint)
    if row.notBegun { failure = failure.notBegun }
    #expect(RetryPolicy().decide(failure, of: method, attempt: 1) == row.expected)
    #expect(RetryPolicy().decide(failure, of: method, attempt: 4) == .giveUp)
  }

  @Test(
    "A RESULT cannot claim that its call was not begun",
    arguments: ["unreachable", "not-looked-at"])
  func claimed(reason: String) async throws {
    let asked = Mutex(0)
    let network = try await Network.start { methods in
      methods.answer(Bench.submit) { _, _ in
        asked.withLock { $0 += 1 }
        throw CallFailure(.unavailable, word: reason, "so it says")
      }
    }
    let time = TestTime()
    let client = RPCClient(now: time.now, pause: time.pause) { () throws(CallFailure) in
      try await network.connect()
    }
    let failure = await #expect(throws: CallFailure.self) {
      _ = try await client.call(Bench.submit, Network.item)
    }
    #expect(failure?.reason == reason && asked.withLock(\.self) == 1)
    await client.close()
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

  @Test("With its budget spent a client asks a node in trouble no more than once a call")
  func spent() async throws {
    let asked = Mutex(0)
    let network = try await Network.start { methods in
      methods.answer(Items.counts) { _, _ in
        asked.withLock { $0 += 1 }
        throw CallFailure(.unavailable, .ledger, "in trouble")
      }
    }
    let time = TestTime(limit: .seconds(20))
    let client = RPCClient(
      budget: RetryBudget(thousandthsPerCall: 0, largestRetries: 2), now: time.now,
      pause: time.pause
    ) { () throws(CallFailure) in try await network.connect() }
    for _ in 0..<5 {
      await #expect(throws: CallFailure.self) {
        _ = try await client.call(Items.counts, CountsRequest(), timeout: .hours(1))
      }
    }
    #expect(asked.withLock(\.self) == 5 + 2)
    await client.close()
  }

  @Test("A reset repeats a call that is idempotent, with the time that is left, and no other")
  func reset() async throws {
    let node = try await RawNode.start()
    let time = TestTime()
    let client = RPCClient(now: time.now, pause: time.pause) { () throws(CallFailure) in
      try await node.dial()
    }
    let reading = Task { try await client.call(Items.counts, CountsRequest()) }
    var caller = try await node.accept()
    let first = try await caller.take(.request)
    try await caller.end(.reset)
    caller = try await node.accept()
    let second = try await caller.take(.request)
    caller.send { $0.writeResultHead(stream: second.header.stream, messageBytes: 0) }
    #expect(try await reading.value.counts.isEmpty)
    let waited = time.waited.nanoseconds / 1_000_000
    #expect(waited > 0 && Int64(second.millisecondsLeft) <= 30_000 - waited)
    #expect(first.millisecondsLeft <= 30_000)

    let entering = Task { try await client.call(Bench.submit, Network.item) }
    try await caller.take(.request)
    try await caller.end(.reset)
    let failure = await #expect(throws: CallFailure.self) { _ = try await entering.value }
    #expect(failure?.reason == "connection-lost")
    try await node.stop()
  }

  @Test("A stream that is cut is gathered again from its beginning")
  func gatheredAgain() async throws {
    let node = try await RawNode.start()
    let time = TestTime()
    let client = RPCClient(now: time.now, pause: time.pause) { () throws(CallFailure) in
      try await node.dial()
    }
    let gathering = Task { try await client.all(Items.list, ProtocolExamples.list) }
    var reply = ListReply()
    reply.item = ItemSummary()
    reply.item?.id = [UInt8](repeating: 1, count: 16)
    let bytes = reply.encoded()
    for isCut in [true, false] {
      let caller = try await node.accept()
      let stream = try await caller.take(.request).header.stream
      caller.send { $0.writeMessage(stream, bytes) }
      if isCut {
        try await caller.end(.cut)
      } else {
        caller.send {
          $0.writeMessage(stream, bytes)
          $0.writeResultHead(stream: stream, messageBytes: nil)
        }
      }
    }
    #expect(try await gathering.value.count == 2)
    try await node.stop()
  }
}

extension RawFrame {
  /// The time that a `REQUEST` leaves for its call.
  fileprivate var millisecondsLeft: UInt32 {
    payload.dropFirst(4).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }
}

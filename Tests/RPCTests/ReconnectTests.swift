import ExchangeProtos
import NIOCore
import RPC
import Synchronization
import Testing
import Wire

@Suite("A client connects again", .timeLimit(.minutes(1)))
struct ReconnectTests {
  static func answering() async throws -> Network {
    try await Network.start { methods in
      methods.answer(Bench.submit) { _, _ in Network.acknowledge(Network.item) }
    }
  }

  @Test("A node that is away for two attempts: any call succeeds at the third")
  func comesBack() async throws {
    let network = try await Self.answering()
    let time = TestTime()
    let attempts = Attempts()
    let client = RPCClient(now: time.now, pause: time.pause) { () throws(CallFailure) in
      guard attempts.next() > 2 else {
        throw CallFailure(.unavailable, .unreachable, "away").notBegun
      }
      return try await network.connect()
    }
    _ = try await client.call(Bench.submit, Network.item)
    #expect(attempts.value == 3)
    #expect(time.waited > .nanoseconds(0))
    await client.close()
  }

  @Test("A lost connection is opened again for the next call")
  func reconnects() async throws {
    let network = try await Self.answering()
    let opened = Mutex<[RPCConnection]>([])
    let client = RPCClient { () throws(CallFailure) in
      let connection = try await network.connect()
      opened.withLock { $0.append(connection) }
      return connection
    }
    for _ in 0..<2 {
      _ = try await client.call(Bench.submit, Network.item)
      await opened.withLock(\.last)?.close()
    }
    #expect(opened.withLock(\.count) == 2)
  }

  @Test("Calls that wait for one connection wait together: one failure is one step of the backoff")
  func together() async throws {
    let network = try await Self.answering()
    let time = TestTime(limit: .seconds(2))
    let attempts = Attempts()
    let (gate, open) = AsyncStream<Void>.makeStream()
    let client = RPCClient(now: time.now, pause: time.pause) { () throws(CallFailure) in
      if attempts.next() == 1 {
        for await _ in gate { break }
        throw CallFailure(.unavailable, .unreachable, "away").notBegun
      }
      return try await network.connect()
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<7 {
        group.addTask { _ = try await client.call(Bench.submit, Network.item, timeout: .hours(1)) }
      }
      // Each of them watches its deadline.
      var watching = 0
      for await _ in time.lasting {
        watching += 1
        if watching == 7 { break }
      }
      open.yield()
      try await group.waitForAll()
    }
    #expect(attempts.value == 2)
    let longest = try #require(time.pauses.max())
    #expect(longest <= .milliseconds(Int64(Backoff.firstMilliseconds)))
    await client.close()
  }

  @Test("A call's time counts while it connects, and then it is over")
  func connectingCounts() async throws {
    let time = TestTime(limit: .seconds(5))
    let client = RPCClient(now: time.now, pause: time.pause) { () throws(CallFailure) in
      await untilCancelled()
      throw CallFailure(.cancelled, .cancelled, "given up")
    }
    let failure = await #expect(throws: CallFailure.self) {
      _ = try await client.call(Bench.submit, Network.item, timeout: .seconds(2))
    }
    #expect(failure?.status == .deadlineExceeded)
    #expect(time.waited == .seconds(2))
    await client.close()
  }

  @Test("A call that is cancelled while it connects is over at once")
  func cancelledWhileConnecting() async throws {
    let (begun, tell) = AsyncStream<Void>.makeStream()
    let client = RPCClient { () throws(CallFailure) in
      tell.yield()
      await untilCancelled()
      throw CallFailure(.cancelled, .cancelled, "given up")
    }
    let call = Task { try await client.call(Bench.submit, Network.item, timeout: .hours(1)) }
    for await _ in begun { break }
    call.cancel()
    let failure = await #expect(throws: CallFailure.self) { _ = try await call.value }
    #expect(failure?.status == .cancelled)
    await client.close()
  }

  @Test("No attempt is begun when its pause would end past the deadline")
  func deadline() async throws {
    let time = TestTime(limit: .nanoseconds(0))
    let client = RPCClient(now: time.now, pause: time.pause) { () throws(CallFailure) in
      throw CallFailure(.unavailable, .unreachable, "away").notBegun
    }
    for _ in 0..<2 {
      let failure = await #expect(throws: CallFailure.self) {
        _ = try await client.call(Bench.submit, Network.item, timeout: .milliseconds(10))
      }
      #expect(failure?.reason == "unreachable")
    }
    #expect(time.waited == .nanoseconds(0))
  }

  @Test("A node that drains keeps what it has begun; new calls go to a new connection")
  func draining() async throws {
    let node = try await RawNode.start()
    let client = RPCClient { () throws(CallFailure) in try await node.dial() }
    let listing = Task { try await client.all(Items.list, ProtocolExamples.list) }
    let old = try await node.accept()
    let long = try await old.take(.request).header.stream
    let refused = Task { try await client.call(Bench.submit, Network.item) }
    let late = try await old.take(.request).header.stream
    #expect(late > long)
    old.send { $0.writeGoAway(ProtocolExamples.draining, lastStream: long) }
    let new = try await node.accept()
    let again = try await new.take(.request).header.stream
    let acknowledgement = Network.acknowledge(Network.item).encoded()
    new.send {
      $0.writeResultHead(stream: again, messageBytes: acknowledgement.count)
      $0.writeBytes(acknowledgement)
    }
    #expect(try await refused.value.id == Network.item.id)
    old.send { $0.writeResultHead(stream: long, messageBytes: nil) }
    #expect(try await listing.value.isEmpty)
    // With its last call the old connection ends.
    #expect(await old.next() == nil)
    try await node.stop()
  }
}

/// Counts from 1, from any thread.
private final class Attempts: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock(\.self) }

  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}

import ExchangeProtos
import NIOCore
import RPC
import Testing
import Wire

@Suite("Streams over real TLS", .timeLimit(.minutes(1)))
struct StreamTests {
  static func frame(_ sequence: UInt64) -> LinkFrame {
    var ack = LinkAck()
    ack.sequence = sequence
    var frame = LinkFrame()
    frame.frame = .ack(ack)
    return frame
  }

  static func sequence(_ frame: LinkFrame) -> UInt64? {
    guard case .ack(let ack)? = frame.frame else { return nil }
    return ack.sequence
  }

  @Test("Messages both ways arrive in order, far past the credit of one window")
  func echo() async throws {
    var limits = WireLimits.standard
    limits.streamCreditBytes = 2048
    let network = try await Network.start(limits: limits) { methods in
      methods.exchange(Link.exchange) { requests, _, replies in
        for try await frame in requests { try await replies.write(frame) }
      }
    }
    let connection = try await network.connect(as: "node:440306", limits: limits)
    let (requests, replies) = await connection.exchange(Link.exchange)
    let count: UInt64 = 5000
    let writing = Task {
      for number in 1...count { try await requests.write(Self.frame(number)) }
      requests.finish()
    }
    var expected: UInt64 = 1
    for try await frame in replies {
      #expect(Self.sequence(frame) == expected)
      expected += 1
    }
    #expect(expected == count + 1)
    try await writing.value
  }

  @Test("A reader that stops holds the sender back: no more waits than the credit allows")
  func backpressure() async throws {
    var limits = WireLimits.standard
    limits.streamCreditBytes = 4096
    let network = try await Network.start(limits: limits) { methods in
      methods.stream(Items.list) { _, _, replies in
        var reply = ListReply()
        reply.item = ItemSummary()
        reply.item?.id = [UInt8](repeating: 1, count: 16)
        for _ in 0..<10_000 { try await replies.write(reply) }
      }
    }
    let connection = try await network.connect(limits: limits)
    var request = ListRequest()
    request.box = .in
    let replies = await connection.stream(Items.list, request)
    _ = try await replies.next()
    // The stream stands still meanwhile; another call is not held up.
    var waiting = await connection.stream(Items.list, request)
    for _ in 0..<3 { _ = try await waiting.next() }
    var count = 1
    for try await _ in replies { count += 1 }
    #expect(count == 10_000)
    waiting.cancel()
    waiting = replies
  }

  @Test("A failed handler ends the stream with its reason, after what it had sent")
  func failure() async throws {
    let network = try await Network.start { methods in
      methods.exchange(Link.exchange) { _, _, replies in
        for number in UInt64(1)...20 { try await replies.write(Self.frame(number)) }
        throw CallFailure(.failedPrecondition, word: "other-outbox", field: "hello.outbox", "no")
      }
    }
    let connection = try await network.connect(as: "node:440306")
    let (_, replies) = await connection.exchange(Link.exchange)
    for number in UInt64(1)...20 {
      #expect(try await replies.next().flatMap(Self.sequence) == number)
    }
    let failure = await #expect(throws: CallFailure.self) { _ = try await replies.next() }
    #expect(failure?.reason == "other-outbox")
  }

  @Test("A lost connection ends every stream and call with UNAVAILABLE")
  func lost() async throws {
    let network = try await Network.start { methods in
      methods.exchange(Link.exchange) { requests, _, _ in for try await _ in requests {} }
    }
    let connection = try await network.connect(as: "node:440306")
    let (_, replies) = await connection.exchange(Link.exchange)
    await network.server.drain(within: .milliseconds(50))
    let failure = await #expect(throws: CallFailure.self) { _ = try await replies.next() }
    #expect(failure?.status == .unavailable)
    #expect(!connection.isOpen)
  }
}

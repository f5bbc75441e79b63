import ExchangeProtos
import NIOCore
import RPC
import Testing
import Wire

@Suite("A client's streams: whose they are, and how they are given up", .timeLimit(.minutes(1)))
struct StreamOwnershipTests {
  static let list = ProtocolExamples.list

  @Test("A stream that could not be opened is nobody's: giving it up gives up no other call")
  func neverOpened() async throws {
    let node = try await RawNode.start()
    var limits = WireLimits.standard
    limits.frameBytes = Int(Hello.leastFrameBytes)
    let (client, caller) = try await node.connect(Hello(limits))
    var long = Self.list
    long.after = [UInt8](repeating: 1, count: 5000)
    let refused = await client.stream(Items.list, long)
    let replies = await client.stream(Items.list, Self.list)
    refused.cancel()
    let request = try await caller.take(.request)
    caller.send { $0.writeResultHead(stream: request.header.stream, messageBytes: nil) }
    #expect(try await replies.next() == nil)
    let failure = await #expect(throws: CallFailure.self) { _ = try await refused.next() }
    #expect(failure?.reason == "message-too-long")
    try await node.stop()
  }

  @Test("What is written on a stream that could not be opened goes out on no other")
  func neverWritten() async throws {
    let node = try await RawNode.start()
    var limits = WireLimits.standard
    limits.streams = 1
    let (client, caller) = try await node.connect(Hello(limits))
    let first = await client.stream(Items.list, Self.list)
    let refused = await client.exchange(Link.exchange)
    let request = try await caller.take(.request)
    caller.send { $0.writeResultHead(stream: request.header.stream, messageBytes: nil) }
    #expect(try await first.next() == nil)
    let second = await client.exchange(Link.exchange)
    try await caller.take(.request)
    await #expect(throws: CallFailure.self) {
      try await refused.requests.write(StreamTests.frame(1))
    }
    refused.requests.finish()
    try await second.requests.write(StreamTests.frame(2))
    let message = try await caller.take(.message)
    #expect(message.payload == StreamTests.frame(2).encoded())
    try await node.stop()
  }

  @Test(
    "Who waits for credit that never comes is let go by cancellation", arguments: [false, true])
  func waitingForCredit(many: Bool) async throws {
    let node = try await RawNode.start()
    var limits = WireLimits.standard
    limits.streamCreditBytes = 1024
    let (client, caller) = try await node.connect(Hello(limits))
    let (requests, _) = await client.exchange(Link.exchange)
    let frames = (0..<200).map { StreamTests.frame($0) }
    let writing = Task {
      if many { return try await requests.write(contentsOf: frames) }
      for frame in frames { try await requests.write(frame) }
    }
    try await caller.take(.request)
    var credit = 1024
    while credit > 0 { credit -= 10 + (try await caller.take(.message)).payload.count }
    writing.cancel()
    await #expect(throws: CancellationError.self) { try await writing.value }
    try await node.stop()
  }

  @Test("A reader that is cancelled gives the call up at the node too")
  func cancelledReader() async throws {
    let node = try await RawNode.start()
    let (client, caller) = try await node.connect()
    let replies = await client.stream(Items.list, Self.list)
    let reading = Task { for try await _ in replies {} }
    let request = try await caller.take(.request)
    reading.cancel()
    await #expect(throws: CancellationError.self) { try await reading.value }
    #expect(try await caller.take(.cancel).header.stream == request.header.stream)
    try await node.stop()
  }
}

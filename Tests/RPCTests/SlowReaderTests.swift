import ExchangeProtos
import NIOCore
import RPC
import Testing
import Wire

@Suite("Peers that do not read", .timeLimit(.minutes(3)), .serialized)
struct SlowReaderTests {
  /// What waits at most: the limit, what one write gathers, and what two sockets hold.
  private static let waitingBytes = 256 << 10

  /// A peer that has called a method so often at once, and reads or does not.
  private func caller(
    _ network: Network, _ method: MethodDescriptor, _ request: some ProtoMessage,
    times count: UInt32, reads: Bool = false
  ) async throws -> RawPeer {
    let peer = try await RawPeer.connect(to: network)
    try await peer.signIn()
    try await peer.setReads(reads)
    peer.send { buffer in
      for stream in 1...count { buffer.writeCall(stream, method, request) }
    }
    return peer
  }

  @Test("Requests for large replies in one read: no more are answered than the peer takes")
  func amplification() async throws {
    let log = ReasonLog()
    let network = try await AttackTests.network(
      {
        $0.waitingOutputBytes = Self.waitingBytes
        $0.silenceMilliseconds = 2000
      }, log: log)
    let healthy = try await network.connect()
    let count: UInt32 = 3000
    let peer = try await caller(network, Items.counts.descriptor, CountsRequest(), times: count)
    // 300 MB are asked for. The peer is not heard any more, and so it is silent.
    var reasons = log.reasons.makeAsyncIterator()
    #expect(await reasons.next() == "silent")
    let bytes = log.answers.value * AttackTests.longReply.encoded().count
    #expect(bytes > Self.waitingBytes)
    #expect(bytes < 32 << 20)
    _ = try await healthy.call(Bench.submit, Network.item, timeout: .seconds(5))
    await peer.close()
  }

  @Test("Every answer comes to a peer that reads again in time")
  func late() async throws {
    let log = ReasonLog()
    let network = try await AttackTests.network(
      { $0.waitingOutputBytes = Self.waitingBytes }, log: log)
    let count: UInt32 = 300
    let peer = try await caller(network, Items.counts.descriptor, CountsRequest(), times: count)
    try await peer.setReads(true)
    for stream in 1...count { #expect(await peer.next()?.header.stream == stream) }
    await peer.close()
  }

  @Test("A reply that fills the channel and leaves it in one write comes once")
  func onceEach() async throws {
    let network = try await AttackTests.network { $0.waitingOutputBytes = 64 << 10 }
    let peer = try await RawPeer.connect(to: network)
    try await peer.signIn()
    for stream in UInt32(1)...20 {
      peer.send { $0.writeCall(stream, Account.whoAmI.descriptor, WhoAmIRequest()) }
      #expect(await peer.next()?.header.stream == stream)
    }
    peer.send { $0.writePing(1, answer: false) }
    #expect(await peer.next()?.header.type == .ping)
    await peer.close()
  }

  @Test("A healthy reader with many large replies under way gets them all")
  func manyLargeReplies() async throws {
    let network = try await AttackTests.network()
    let count: UInt32 = 64
    let peer = try await caller(
      network, Account.whoAmI.descriptor, WhoAmIRequest(), times: count, reads: true)
    for stream in 1...count { #expect(await peer.next()?.header.stream == stream) }
    await peer.close()
  }

  @Test("Streams together hold no more than the limit for a peer that does not read")
  func manyStreams() async throws {
    let log = ReasonLog()
    let network = try await AttackTests.network(
      { $0.waitingOutputBytes = Self.waitingBytes }, log: log)
    let peer = try await caller(network, Items.list.descriptor, ProtocolExamples.list, times: 1000)
    // Each of the thousand could send its credit of 256 KiB. What left is what the limit, one write
    // and two sockets hold; then nothing moves until the peer reads.
    await log.untilStreamsRest()
    #expect(log.streamed.value * AttackTests.listed.encoded().count < 16 << 20)
    try await peer.setReads(true)
    #expect(await peer.next()?.header.type == .message)
    await peer.close()
  }

  @Test("Work that was begun for a peer that takes no answer ends its connection")
  func slowReader() async throws {
    let log = ReasonLog()
    let network = try await AttackTests.network(
      {
        $0.waitingOutputBytes = Self.waitingBytes
        $0.unreadOutputBytes = 2 * Self.waitingBytes
      }, log: log)
    let healthy = try await network.connect()
    let peer = try await caller(network, Account.whoAmI.descriptor, WhoAmIRequest(), times: 1000)
    var reasons = log.reasons.makeAsyncIterator()
    #expect(await reasons.next() == "slow-reader")
    _ = try await healthy.call(Bench.submit, Network.item, timeout: .seconds(5))
    await peer.close()
  }

  @Test("A reply that the caller does not take fails its call and nothing else")
  func longReply() async throws {
    let network = try await AttackTests.network()
    let peer = try await RawPeer.connect(to: network)
    var hello = Hello(.standard)
    hello.frameBytes = Hello.leastFrameBytes
    try await peer.signIn(hello)
    peer.send {
      $0.writeCall(1, Items.counts.descriptor, CountsRequest())
      $0.writeCall(2, Account.whoAmI.descriptor, WhoAmIRequest())
    }
    for _ in 0..<2 { #expect(await peer.next()?.failure?.reason == "reply-too-long") }
    peer.send { $0.writeCall(3, Bench.submit.descriptor, Network.item) }
    #expect(await peer.next()?.failure == nil)
    await peer.close()
  }
}

import ExchangeProtos
import NIOCore
import RPC
import Testing
import Wire

@Suite("Peers that do not read", .timeLimit(.minutes(3)), .serialized)
struct SlowReaderTests {
  /// What waits at most: the limit, what one write gathers, and what two sockets hold.
  private static let waitingBytes = 256 << 10

  @Test("Requests for large replies in one read: no more are answered than the peer takes")
  func amplification() async throws {
    let log = ReasonLog()
    let network = try await AttackTests.network(
      {
        $0.waitingOutputBytes = Self.waitingBytes
        $0.silenceMilliseconds = 2000
      }, log: log)
    let healthy = try await network.connect()
    let peer = try await RawPeer.connect(to: network)
    try await peer.signIn()
    try await peer.setReads(false)
    let count: UInt32 = 3000
    peer.send { buffer in
      for stream in 1...count {
        buffer.writeCall(stream, Items.counts.descriptor, CountsRequest())
      }
    }
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
    let peer = try await RawPeer.connect(to: network)
    try await peer.signIn()
    try await peer.setReads(false)
    let count: UInt32 = 300
    peer.send { buffer in
      for stream in 1...count {
        buffer.writeCall(stream, Items.counts.descriptor, CountsRequest())
      }
    }
    try await peer.setReads(true)
    for stream in 1...count { #expect(await peer.next()?.header.stream == stream) }
    await peer.close()
  }

  @Test("Work that was begun for a peer that takes no answer ends its connection")
  func slowReader() async throws {
    let log = ReasonLog()
    let network = try await AttackTests.network(
      { $0.waitingOutputBytes = Self.waitingBytes }, log: log)
    let healthy = try await network.connect()
    let peer = try await RawPeer.connect(to: network)
    try await peer.signIn()
    try await peer.setReads(false)
    peer.send { buffer in
      for stream in UInt32(1)...1000 {
        buffer.writeCall(stream, Account.whoAmI.descriptor, WhoAmIRequest())
      }
    }
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

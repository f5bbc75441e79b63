import NIOCore
import NIOEmbedded
import TLS
import Testing

@Suite("The end of a connection")
struct ClosingTests {
  let network: TestNetwork

  init() throws {
    network = try TestNetwork()
  }

  @Test("is told to the peer, answered, and then only closes the socket")
  func orderly() throws {
    let pair = try network.connected()
    var closed = false
    let promise = pair.loop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenSuccess { closed = true }
    pair.client.channel.write(ByteBuffer(string: "last words"), promise: nil)
    pair.client.channel.close(promise: promise)
    #expect(!closed)
    #expect(pair.client.channel.isActive)
    pair.pump()
    #expect(closed)
    #expect(pair.server.recorder.bytes == Array("last words".utf8))
    for side in [pair.client, pair.server] {
      #expect(Array(side.recorder.events.dropFirst()) == ["shutdownCompleted", "inactive"])
      #expect(!side.channel.isActive)
    }
    #expect(pair.failures == ([], []))
  }

  @Test("comes after the answers to what came before it")
  func answersFirst() throws {
    let pair = try network.connected()
    pair.server.recorder.onRead = { context, buffer in
      context.write(NIOAny(buffer), promise: nil)
    }
    pair.client.write(Array("question".utf8))
    pair.client.channel.close(mode: .output, promise: nil)
    pair.pump()
    #expect(pair.client.recorder.bytes == Array("question".utf8))
    #expect(pair.failures == ([], []))
    #expect(!pair.client.channel.isActive)
    #expect(!pair.server.channel.isActive)
  }

  @Test("without close_notify is a truncation")
  func truncated() throws {
    let pair = try network.connected()
    pair.server.channel.pipeline.fireChannelInactive()
    #expect(pair.failures.server == [.truncated])
    #expect(pair.server.recorder.events.last == "inactive")
  }

  @Test("of the socket's input alone without close_notify is a truncation too")
  func truncatedHalf() throws {
    let pair = try network.connected()
    pair.server.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    #expect(pair.failures.server == [.truncated])
  }

  @Test("during the handshake is told as such")
  func truncatedHandshake() throws {
    let side = try LoneSide(network.server())
    side.channel.pipeline.fireChannelInactive()
    #expect(side.failures == [.truncated])
  }

  @Test("waits two seconds for the peer, no longer")
  func deadPeer() throws {
    let pair = try network.connected()
    var closed = false
    let promise = pair.loop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenSuccess { closed = true }
    pair.client.channel.close(promise: promise)
    pair.loop.advanceTime(by: .milliseconds(1_999))
    #expect(!closed)
    pair.loop.advanceTime(by: .milliseconds(1))
    #expect(closed)
    #expect(!pair.client.channel.isActive)
  }

  @Test("fails what was written and could not be sent")
  func unsent() throws {
    let pair = try Pair(client: network.client(), server: network.server())
    var failures = 0
    for _ in 0..<3 {
      let promise = pair.loop.makePromise(of: Void.self)
      promise.futureResult.assumeIsolated().whenFailure { _ in failures += 1 }
      pair.client.write([1, 2, 3], promise: promise)
    }
    pair.client.channel.close(promise: nil)
    #expect(failures == 3)
  }

  @Test("drops what the peer still sends while the close is under way")
  func lateInput() throws {
    let pair = try network.connected()
    pair.server.write(Array("late".utf8))
    pair.client.channel.close(promise: nil)
    pair.pump()
    #expect(pair.client.recorder.bytes.isEmpty)
    #expect(pair.failures == ([], []))
    #expect(!pair.client.channel.isActive)
  }

  @Test("gives back all that the connection held")
  func memory() throws {
    weak var handler: TLSHandler?
    weak var channel: EmbeddedChannel?
    try {
      let pair = try network.connected()
      handler = pair.client.handler
      channel = pair.client.channel
      pair.client.channel.close(promise: nil)
      pair.pump()
      pair.loop.run()
    }()
    #expect(handler == nil)
    #expect(channel == nil)
  }
}

import NIOCore
import NIOEmbedded
import Testing

@testable import XiechaDesk

/// A connection that sends slowly.
@Suite("Slow heads")
struct HeadWatchTests {
  private func opened() throws -> EmbeddedChannel {
    let channel = EmbeddedChannel(handler: HeadWatch(patience: .seconds(30)))
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    return channel
  }

  @Test("A head that comes a byte at a time ends its connection when the time is over")
  func drip() throws {
    let channel = try opened()
    for _ in 0..<29 {
      try channel.writeInbound(ByteBuffer(string: "G"))
      channel.embeddedEventLoop.advanceTime(by: .seconds(1))
      #expect(channel.isActive)
    }
    try channel.writeInbound(ByteBuffer(string: "G"))
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(!channel.isActive)
  }

  @Test("Work on a request has its time; what follows the reply has its own again")
  func work() throws {
    let channel = try opened()
    try channel.triggerUserOutboundEvent(HeadWatch.Event.headCame).wait()
    channel.embeddedEventLoop.advanceTime(by: .seconds(300))
    #expect(channel.isActive)
    try channel.triggerUserOutboundEvent(HeadWatch.Event.replied).wait()
    channel.embeddedEventLoop.advanceTime(by: .seconds(29))
    #expect(channel.isActive)
    // A body that is not read keeps nothing open.
    try channel.writeInbound(ByteBuffer(repeating: 0x61, count: 1_000))
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(!channel.isActive)
  }
}

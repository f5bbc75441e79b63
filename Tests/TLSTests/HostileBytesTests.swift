import NIOCore
import NIOEmbedded
import TLS
import TestSupport
import Testing

@Suite("Bytes that are not TLS, or no longer")
struct HostileBytesTests {
  let network: TestNetwork

  init() throws {
    network = try TestNetwork()
  }

  @Test("end the connection with a failure, and nothing passes up")
  func garbage() throws {
    let contexts = [try network.server(), try network.client()]
    for seed in 1...300 as ClosedRange<UInt64> {
      var numbers = SeededNumbers(seed: seed)
      for context in contexts {
        let side = try LoneSide(context)
        var sent = 0
        // Half of them begin like a record, so that more than the first bytes are looked at.
        var bytes: [UInt8] = seed.isMultiple(of: 2) ? [0x16, 3, 1] : []
        while side.failures.isEmpty, sent < 70_000 {
          bytes += (0..<Int.random(in: 1...2_000, using: &numbers)).map { _ in
            UInt8.random(in: .min ... .max, using: &numbers)
          }
          sent += bytes.count
          _ = try? side.channel.writeInbound(ByteBuffer(bytes: bytes))
          bytes = []
        }
        #expect(side.failures.count == 1, "seed \(seed)")
        #expect(side.recorder.bytes.isEmpty, "seed \(seed)")
        #expect(side.recorder.events.isEmpty, "seed \(seed)")
      }
    }
  }

  /// What each side of a whole handshake sends first.
  func flights() throws -> (client: [UInt8], server: [UInt8]) {
    let pair = try Pair(client: network.client(), server: network.server())
    let address = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
    pair.server.channel.connect(to: address, promise: nil)
    pair.client.channel.connect(to: address, promise: nil)
    let hello = try #require(try pair.client.channel.readOutbound(as: ByteBuffer.self))
    try pair.server.channel.writeInbound(hello)
    let answer = try #require(try pair.server.channel.readOutbound(as: ByteBuffer.self))
    return (Array(hello.readableBytesView), Array(answer.readableBytesView))
  }

  @Test("a hello with one bit wrong is refused or comes to nothing; it never gets data through")
  func flippedHello() throws {
    let hello = try flights().client
    let context = try network.server()
    for index in hello.indices {
      let side = try LoneSide(context)
      var bytes = hello
      bytes[index] ^= 1 << (index % 8)
      _ = try? side.channel.writeInbound(ByteBuffer(bytes: bytes))
      #expect(side.recorder.bytes.isEmpty)
      #expect(side.recorder.events.isEmpty)
    }
  }

  @Test("a server's answer with one bit wrong never ends in a handshake")
  func flippedAnswer() throws {
    let context = try network.client()
    let serverContext = try network.server()
    for step in stride(from: 0, to: 1_400, by: 11) {
      let side = try LoneSide(context, expecting: TestNetwork.province)
      let server = try LoneSide(serverContext)
      let hello = try #require(try side.channel.readOutbound(as: ByteBuffer.self))
      try server.channel.writeInbound(hello)
      var answer = try #require(try server.channel.readOutbound(as: ByteBuffer.self))
      let index = min(step, answer.readableBytes - 1)
      let byte = try #require(answer.getInteger(at: index, as: UInt8.self))
      answer.setInteger(byte ^ 0x10, at: index)
      _ = try? side.channel.writeInbound(answer)
      #expect(side.recorder.events.isEmpty, "byte \(index)")
      side.channel.pipeline.fireChannelInactive()
      #expect(side.failures.count == 1, "byte \(index)")
    }
  }

  @Test("a handshake cut at any place and ended is a truncation")
  func cutHandshake() throws {
    let hello = try flights().client
    let context = try network.server()
    for count in stride(from: 0, to: hello.count, by: 3) {
      let side = try LoneSide(context)
      if count > 0 { try side.channel.writeInbound(ByteBuffer(bytes: hello.prefix(count))) }
      #expect(side.failures.isEmpty)
      side.channel.pipeline.fireChannelInactive()
      #expect(side.failures == [.truncated], "cut at \(count)")
    }
  }

  @Test("a record that was altered on the way is refused and nothing of it passes up")
  func alteredRecord() throws {
    let (client, server) = (try network.client(), try network.server())
    for index in 0..<70 {
      let pair = try Pair(client: client, server: server)
      try pair.connect()
      pair.client.write(Array("item of a person who must not be altered".utf8))
      var record = try #require(try pair.client.channel.readOutbound(as: ByteBuffer.self))
      let place = min(index, record.readableBytes - 1)
      let byte = try #require(record.getInteger(at: place, as: UInt8.self))
      record.setInteger(byte ^ 1, at: place)
      _ = try? pair.server.channel.writeInbound(record)
      pair.server.channel.pipeline.fireChannelInactive()
      #expect(pair.server.recorder.bytes.isEmpty, "byte \(place)")
      #expect(pair.failures.server.count == 1, "byte \(place)")
    }
  }

  @Test("a record that is repeated or left out is refused")
  func replay() throws {
    for leaveOut in [true, false] {
      let pair = try Pair(client: network.client(), server: network.server())
      try pair.connect()
      pair.client.write([1])
      let first = try #require(try pair.client.channel.readOutbound(as: ByteBuffer.self))
      pair.client.write([2])
      let second = try #require(try pair.client.channel.readOutbound(as: ByteBuffer.self))
      for record in leaveOut ? [second] : [first, first] {
        _ = try? pair.server.channel.writeInbound(record)
      }
      #expect(pair.server.recorder.bytes == (leaveOut ? [] : [1]))
      #expect(pair.failures.server == [.malformedRecord])
    }
  }

  @Test("after a failure the alert goes out, and the connection ends within two seconds")
  func draining() throws {
    let side = try LoneSide(network.server())
    _ = try? side.channel.writeInbound(ByteBuffer(bytes: [0x16, 3, 1, 0, 4, 2, 0, 0, 0]))
    #expect(side.failures == [.malformedRecord])
    let alert = try #require(try side.channel.readOutbound(as: ByteBuffer.self))
    #expect(alert.getInteger(at: 0, as: UInt8.self) == 21)
    _ = try? side.channel.writeInbound(ByteBuffer(repeating: 0, count: 100_000))
    #expect(side.channel.isActive)
    side.channel.embeddedEventLoop.advanceTime(by: .seconds(2))
    #expect(!side.channel.isActive)
    #expect(side.failures.count == 1)
  }
}

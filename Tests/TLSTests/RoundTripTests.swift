import NIOCore
import NIOEmbedded
import TLS
import Testing

@Suite("A secured connection")
struct RoundTripTests {
  let network: TestNetwork

  init() throws {
    network = try TestNetwork()
  }

  @Test("carries bytes both ways once both sides are proven, and none before")
  func roundTrip() throws {
    let pair = try Pair(client: network.client(), server: network.server())
    pair.client.write(Array("before the handshake".utf8))
    #expect(pair.server.recorder.bytes.isEmpty)
    try pair.connect()
    #expect(pair.failures == ([], []))
    #expect(pair.server.recorder.bytes == Array("before the handshake".utf8))
    pair.server.write(Array("answer".utf8))
    pair.pump()
    #expect(pair.client.recorder.bytes == Array("answer".utf8))
    for side in [pair.client, pair.server] {
      #expect(
        side.recorder.events == ["handshakeCompleted(negotiatedProtocol: Optional(\"xiecha/1\"))"])
      #expect(side.handler.suite == "TLSv1.3 TLS_AES_128_GCM_SHA256")
      #expect(!side.handler.isResumed)
    }
    #expect(pair.client.handler.peer?.division == TestNetwork.province)
    #expect(pair.server.handler.peer?.division == TestNetwork.county)
  }

  @Test("lets an operator's program in that has no certificate: it signs in by password")
  func withoutCertificate() throws {
    let pair = try Pair(client: network.client(nil), server: network.server())
    try pair.connect()
    #expect(pair.failures == ([], []))
    #expect(pair.server.handler.peer == nil)
    #expect(pair.client.handler.peer?.division == TestNetwork.province)
  }

  @Test("survives any cutting of the stream", arguments: [1, 7, 1_000, 16_384, .max])
  func cutting(pieceBytes: Int) throws {
    let pair = try Pair(client: network.client(), server: network.server())
    try pair.connect()
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    pair.client.write(bytes)
    pair.server.write(bytes.reversed())
    pair.pump(pieceBytes: pieceBytes)
    #expect(pair.server.recorder.bytes == bytes)
    #expect(pair.client.recorder.bytes == bytes.reversed())
    #expect(pair.failures == ([], []))
  }

  @Test("survives a handshake that arrives byte by byte")
  func slowHandshake() throws {
    let pair = try Pair(client: network.client(), server: network.server())
    let address = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
    pair.server.channel.connect(to: address, promise: nil)
    pair.client.channel.connect(to: address, promise: nil)
    pair.pump(pieceBytes: 1)
    #expect(pair.client.handler.peer != nil)
    #expect(pair.failures == ([], []))
  }

  @Test("puts the writes of one flush into as few records as they need")
  func coalescing() throws {
    let pair = try network.connected()
    let frames = 64
    var done = 0
    for _ in 0..<frames {
      let promise = pair.loop.makePromise(of: Void.self)
      promise.futureResult.assumeIsolated().whenSuccess { done += 1 }
      pair.client.channel.write(
        ByteBuffer(repeating: 7, count: 400), promise: promise)
    }
    #expect(try pair.client.channel.readOutbound(as: ByteBuffer.self) == nil)
    pair.client.channel.flush()
    var sent = try #require(try pair.client.channel.readOutbound(as: ByteBuffer.self))
    #expect(try pair.client.channel.readOutbound(as: ByteBuffer.self) == nil)
    var records = 0
    let copy = sent
    while let header = sent.readBytes(length: 5) {
      records += 1
      sent.moveReaderIndex(forwardBy: Int(header[3]) << 8 | Int(header[4]))
    }
    // 25,600 bytes: one record of 16 KiB and the rest.
    #expect(records == 2)
    #expect(done == frames)
    try pair.server.channel.writeInbound(copy)
    #expect(pair.server.recorder.bytes.count == frames * 400)
    #expect(pair.server.recorder.reads == 1)
  }

  @Test("can be written to, flushed and closed from within a read")
  func reentrancy() throws {
    let pair = try network.connected()
    pair.server.recorder.onRead = { context, buffer in
      context.writeAndFlush(NIOAny(buffer), promise: nil)
      if buffer.readableBytesView.last == UInt8(ascii: "!") { context.close(promise: nil) }
    }
    pair.client.write(Array("one".utf8))
    pair.pump()
    #expect(pair.client.recorder.bytes == Array("one".utf8))
    pair.client.write([UInt8](repeating: UInt8(ascii: "!"), count: 200_000))
    pair.pump()
    // The first of several buffers closes; what it echoed arrives, and the rest is not read.
    #expect(pair.server.recorder.reads == 2)
    #expect(pair.client.recorder.bytes.count > 3)
    #expect(pair.client.recorder.events.last == "inactive")
    #expect(pair.failures == ([], []))
  }

  @Test("gives both sides the same keying material, and each connection its own (RFC 9266)")
  func exporter() throws {
    let label = "EXPORTER-Channel-Binding"
    let pair = try Pair(client: network.client(), server: network.server())
    #expect(pair.client.handler.exporter(label: label, length: 32) == nil)
    try pair.connect()
    let material = try #require(pair.client.handler.exporter(label: label, length: 32))
    #expect(material.count == 32)
    #expect(pair.server.handler.exporter(label: label, length: 32) == material)
    #expect(pair.server.handler.exporter(label: "EXPORTER-Other", length: 32) != material)
    #expect(try network.connected().client.handler.exporter(label: label, length: 32) != material)
    for length in [-1, 0, 256] {
      #expect(pair.client.handler.exporter(label: label, length: length) == nil)
    }
    pair.client.channel.close(promise: nil)
    pair.pump()
    #expect(pair.client.handler.exporter(label: label, length: 32) == nil)
  }
}

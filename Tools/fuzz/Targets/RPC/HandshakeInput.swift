import FuzzTargets
import NIOCore
import NIOEmbedded
import NIOTLS
import TLS
import TestSupport
import TestTLS

/// A peer's bytes in place of a TLS handshake: in two halves, and then each byte alone.
enum HandshakeInput {
  private static let division = "350000"

  private struct Sides: Sendable {
    var server: TLSContext
    var client: TLSContext
  }

  private static let sides: Sides? = {
    do {
      let folder = try TemporaryFolder()
      let certificates = try TestCertificates.create(in: folder.path, for: [division])
      return Sides(
        server: try certificates.server(division), client: try certificates.client(division))
    } catch {
      return nil
    }
  }()

  /// What passed the handler: nothing may, because no input holds the keys.
  private final class Above: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    var reads = 0
    var handshakes = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { reads += 1 }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent { handshakes += 1 }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      context.close(promise: nil)
    }
  }

  static func asServer(_ input: [UInt8]) throws(BrokenProperty) { try run(input, asServer: true) }

  static func asClient(_ input: [UInt8]) throws(BrokenProperty) { try run(input, asServer: false) }

  private static func run(_ input: [UInt8], asServer: Bool) throws(BrokenProperty) {
    guard let sides else { throw BrokenProperty("an authority can be made") }
    let context = asServer ? sides.server : sides.client
    let (first, second) = Halves.of(input)
    try feed([first, second], context)
    // Byte by byte costs a call of OpenSSL each: not for long inputs.
    let whole = first + second
    if whole.count <= 512 { try feed(whole.indices.map { whole[$0...$0] }, context) }
  }

  private static func feed(
    _ pieces: [ArraySlice<UInt8>], _ context: TLSContext
  ) throws(BrokenProperty) {
    let above = Above()
    let channel = EmbeddedChannel(handlers: [
      TLSHandler(context: context, expectedPeerDivision: division), above,
    ])
    guard let address = try? SocketAddress(ipAddress: "127.0.0.1", port: 1) else { return }
    channel.connect(to: address, promise: nil)
    for piece in pieces where !piece.isEmpty {
      // Fails once the handler has closed the channel; what it sends is taken, as a socket would.
      _ = try? channel.writeInbound(ByteBuffer(bytes: piece))
      while let sent = try? channel.readOutbound(as: ByteBuffer.self) { _ = sent }
    }
    // The peer says no more: the handler waits its time for a close_notify, and then closes.
    channel.close(promise: nil)
    channel.embeddedEventLoop.advanceTime(by: .hours(1))
    try BrokenProperty.unless(!channel.isActive, "a connection that was closed ends in its time")
    try BrokenProperty.unless(
      above.reads == 0 && above.handshakes == 0, "nothing passes before the peer has proven itself")
  }
}

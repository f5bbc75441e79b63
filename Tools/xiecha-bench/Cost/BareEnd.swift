import ExchangeProtos
import NIOCore
import NIOTLS

/// One end of the floor: takes pieces of a fixed length, and gives one for each.
final class BareEnd: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// What the protocol's frame takes before a message; here it is filled and passed over.
  private static let header = [UInt8](repeating: 0, count: 18)
  static let request = header + ClosedLoop.request.encoded()
  static let answer = header + BenchAck(of: ClosedLoop.request).encoded()

  private let taken: Int
  private let opening: Int
  private let give: ([UInt8]) throws -> [UInt8]
  private var waiting = ByteBuffer()
  /// Pieces that came in whole.
  private(set) var count = 0

  private init(
    taking taken: Int, opening: Int, giving give: @escaping ([UInt8]) throws -> [UInt8]
  ) {
    self.taken = taken
    self.opening = opening
    self.give = give
  }

  /// Decodes each request and encodes its answer, as any server must.
  static func server() -> BareEnd {
    BareEnd(taking: request.count, opening: 0) { piece in
      let item = try BenchItem(decoding: Array(piece.dropFirst(header.count)))
      return header + BenchAck(of: item).encoded()
    }
  }

  /// Keeps so many requests in flight once the handshake is done.
  static func client(inFlight: Int) -> BareEnd {
    BareEnd(taking: answer.count, opening: inFlight) { _ in request }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent, opening > 0 else {
      return
    }
    let pieces = [[UInt8]](repeating: BareEnd.request, count: opening).joined()
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: pieces)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    waiting.writeBuffer(&bytes)
  }

  /// Answers all that has come at once, so that one record holds the answers.
  func channelReadComplete(context: ChannelHandlerContext) {
    guard waiting.readableBytes >= taken else { return }
    var output = context.channel.allocator.buffer(capacity: 1024)
    do {
      while let piece = waiting.readBytes(length: taken) {
        output.writeBytes(try give(piece))
        count += 1
      }
    } catch {
      return context.close(promise: nil)
    }
    waiting.discardReadBytes()
    context.writeAndFlush(wrapOutboundOut(output), promise: nil)
  }
}

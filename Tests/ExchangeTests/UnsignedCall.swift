import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import RPC
import TLS
import Wire

/// A call by somebody who has not signed in: HELLO, then at once a REQUEST.
enum UnsignedCall {
  /// The types of all frames that came until the connection ended.
  static func make(
    _ method: UInt32, at endpoint: Endpoint, tls: TLSContext, division: String
  ) async throws -> [FrameType] {
    let frames = NIOLockedValueBox<[FrameType]>([])
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers([
            TLSHandler(context: tls, expectedPeerDivision: division), FrameTypes(frames),
          ])
        }
      }
      .connect(host: endpoint.host, port: endpoint.port).get()
    var bytes = ByteBuffer()
    bytes.writeHello(Hello(.standard))
    bytes.writeRequestHead(
      RequestHead(method: method, timeoutMilliseconds: 10_000), stream: 1,
      flags: .end, messageBytes: 0)
    try await channel.writeAndFlush(bytes)
    try await channel.closeFuture.get()
    return frames.withLockedValue(\.self)
  }
}

private final class FrameTypes: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let frames: NIOLockedValueBox<[FrameType]>
  private var reader = FrameReader(largestPayloadBytes: 1 << 20)

  init(_ frames: NIOLockedValueBox<[FrameType]>) { self.frames = frames }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    reader.append(&bytes)
    do throws(WireViolation) {
      while let type = try reader.next({ header, _ throws(WireViolation) in header.type }) {
        frames.withLockedValue { $0.append(type) }
      }
    } catch {
      context.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

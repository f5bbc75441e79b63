import NIOCore
import NIOPosix
import Synchronization

/// A way to a node that loses its first connections: each ends when the program has sent so much.
struct LossyWay {
  private let listener: any Channel
  private let taken: Taken
  let endpoint: String

  /// Connections that were taken so far, the lost ones included.
  var connections: Int { taken.count.withLock(\.self) }

  private final class Taken: Sendable {
    let count = Mutex(0)
  }

  /// A way to the node at this port of loopback.
  ///
  /// - Parameters:
  ///   - port: Where the node listens.
  ///   - count: The connections that are lost.
  ///   - bytes: What each of them carries towards the node before; 0: nothing.
  /// - Throws: That no port could be bound.
  init(to port: Int, losing count: Int, after bytes: Int = 0) async throws {
    let taken = Taken()
    self.taken = taken
    listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { near in
        let number = taken.count.withLock {
          $0 += 1
          return $0
        }
        let limit = number > count ? Int.max : bytes
        guard limit > 0 else { return near.close() }
        return ClientBootstrap(group: near.eventLoop)
          .connect(host: "127.0.0.1", port: port)
          .flatMapThrowing { far in
            try near.pipeline.syncOperations.addHandler(Passing(to: far, limit: limit))
            try far.pipeline.syncOperations.addHandler(Passing(to: near, limit: .max))
          }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    endpoint = "127.0.0.1:\(listener.localAddress?.port ?? 0)"
  }

  func stop() async throws { try await listener.close() }
}

/// Passes on what comes, and the end; past the limit it ends both sides.
private final class Passing: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let other: any Channel
  private var bytesLeft: Int

  init(to other: any Channel, limit: Int) {
    self.other = other
    bytesLeft = limit
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    bytesLeft -= bytes.readableBytes
    guard bytesLeft > 0 else { return context.close(promise: nil) }
    other.writeAndFlush(bytes, promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }
}

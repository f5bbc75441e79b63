import NIOCore
import NIOPosix
import Synchronization

/// A way to a node that loses its first connections: each ends as soon as it is there.
struct LossyWay {
  private let listener: any Channel
  private let taken: Taken
  let endpoint: String

  /// Connections that were taken so far, the lost ones included.
  var connections: Int { taken.count.withLock(\.self) }

  private final class Taken: Sendable {
    let count = Mutex(0)
  }

  init(to port: Int, losing count: Int) async throws {
    let taken = Taken()
    self.taken = taken
    listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { near in
        let number = taken.count.withLock {
          $0 += 1
          return $0
        }
        guard number > count else { return near.close() }
        return ClientBootstrap(group: near.eventLoop)
          .connect(host: "127.0.0.1", port: port)
          .flatMapThrowing { far in
            try near.pipeline.syncOperations.addHandler(Passing(to: far))
            try far.pipeline.syncOperations.addHandler(Passing(to: near))
          }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    endpoint = "127.0.0.1:\(listener.localAddress?.port ?? 0)"
  }

  func stop() async throws { try await listener.close() }
}

/// Passes on what comes, and the end.
private final class Passing: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let other: any Channel

  init(to other: any Channel) { self.other = other }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    other.writeAndFlush(unwrapInboundIn(data), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }
}

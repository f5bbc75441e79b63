import HummingbirdCore
import Logging
import NIOCore
import TLS

/// HTTP/1.1 over this system's OpenSSL: a connection as Hummingbird's own, with our TLS under it, and with an
/// end for whoever sends too slowly.
struct DeskChannel: ServerChildChannel {
  typealias Value = HTTP1Channel.Value

  let base: HTTP1Channel
  /// Nil: plain, behind a proxy of this machine.
  let context: TLSContext?

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      if let context {
        try channel.pipeline.syncOperations.addHandler(TLSHandler(context: context))
      }
      try channel.pipeline.syncOperations.addHandler(
        HeadWatch(patience: .seconds(Int64(DeskLimits.silenceSeconds))))
    }.flatMap {
      base.setup(channel: channel, logger: logger)
    }
  }

  func handle(value: Value, logger: Logger) async {
    await base.handle(value: value, logger: logger)
  }
}

import NIOCore

/// Ends a connection whose next request does not come whole: a head that is sent a byte now and then keeps
/// nothing open, and neither does a body that nobody wants to read.
///
/// The time runs from the opening, and again from the end of each reply.
final class HeadWatch: ChannelInboundHandler, ChannelOutboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer

  /// What the desk tells of its work on the connection.
  enum Event: Sendable {
    /// The head of a request is there: whoever answers it has the time that its work takes.
    case headCame
    /// It was answered.
    case replied
  }

  private let patience: TimeAmount
  private var end: Scheduled<Void>?

  init(patience: TimeAmount) { self.patience = patience }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { arm(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    arm(context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    disarm()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { disarm() }

  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    switch event as? Event {
    case .headCame: disarm()
    case .replied: arm(context)
    case nil:
      context.triggerUserOutboundEvent(event, promise: promise)
      return
    }
    promise?.succeed()
  }

  private func arm(_ context: ChannelHandlerContext) {
    disarm()
    guard context.channel.isActive else { return }
    let channel = context.channel
    end = context.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
  }

  private func disarm() {
    end?.cancel()
    end = nil
  }
}

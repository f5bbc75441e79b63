internal import NIOCore

/// What a ``WireConnection`` tells the handler that owns it; everything on the connection's loop.
protocol WireConnectionOwner: AnyObject {
  /// A tick of the clock.
  func tick()
  /// Ends the connection if the other side is silent or late.
  func checkLiveness()
  /// Ends the calls whose time is over.
  func endOverdue()
  /// Something was written that the other side does not take yet.
  func outputWaits(_ context: ChannelHandlerContext)
}

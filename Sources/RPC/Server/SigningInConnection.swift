internal import NIOCore
internal import Wire

/// A connection as its sign-in sees it; everything on the connection's loop.
protocol SigningInConnection: AnyObject {
  /// The channel's place; nil once the connection is over.
  var context: ChannelHandlerContext? { get }
  /// Runs tasks on the connection's loop.
  var executor: LoopTaskExecutor? { get }
  /// What is gathered for the next write.
  var out: ByteBuffer { get set }
  /// Sends what was gathered.
  func flushSoon()
  /// Ends the connection with a reason.
  func leave(_ failure: CallFailure)
  /// The peer has proven who it is; false if its account has too many connections.
  func signedIn(_ caller: Caller) -> Bool
}

internal import NIOCore
internal import Wire

/// A connection as its sign-in sees it; everything on the connection's loop.
protocol SigningInConnection: AnyObject {
  /// The connection's loop; nil once the connection is over.
  var loop: (any EventLoop)? { get }
  /// Runs tasks on the connection's loop.
  var executor: LoopTaskExecutor? { get }
  /// Sends a step of the sign-in.
  func authenticate(_ step: AuthenticationStep, _ message: [UInt8])
  /// Ends the connection with a reason.
  func leave(_ failure: CallFailure)
  /// The peer has proven who it is; false if its account has too many connections.
  func signedIn(_ caller: Caller) -> Bool
}

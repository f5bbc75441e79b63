internal import NIOCore

/// A call under way, as its connection sees it on either side.
protocol OpenCall: AnyObject {
  /// When its time is over; nil: it may take as long as it likes.
  var deadline: NIODeadline? { get }
  /// Who waits to send on it.
  var waiters: SendWaiters { get set }
}

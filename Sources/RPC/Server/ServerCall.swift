internal import NIOCore
internal import Wire

/// A call that lasts: its task, its inbox, and who waits to send on it.
final class ServerCall {
  let deadline: NIODeadline?
  var inbox: (any MessageSink)?
  var task: Task<Void, Never>?
  private var waiters: [Waiter<Void>] = []

  init(deadline: NIODeadline?) {
    self.deadline = deadline
  }

  func wait(_ waiter: Waiter<Void>) { waiters.append(waiter) }

  /// Lets the waiters look again whether they may send.
  func wake() {
    let woken = waiters
    waiters.removeAll()
    for waiter in woken { waiter.resume() }
  }

  /// Nobody waits for the answer: the work is told to stop.
  func cancel() {
    inbox?.abandon(CallFailure(.cancelled, .cancelled, "the other side gave the call up"))
    task?.cancel()
    let woken = waiters
    waiters.removeAll()
    for waiter in woken {
      waiter.resume(
        throwing: CallFailure(.cancelled, .cancelled, "the other side gave the call up"))
    }
  }
}

internal import NIOCore
internal import Wire

/// A call that lasts: its task, its inbox, and who waits to send on it.
final class ServerCall: OpenCall {
  let deadline: NIODeadline?
  let inbox: (any MessageSink)?
  var waiters = SendWaiters()
  var task: Task<Void, Never>?

  init(deadline: NIODeadline?, inbox: (any MessageSink)?) {
    self.deadline = deadline
    self.inbox = inbox
  }

  /// Nobody waits for the answer: the work is told to stop.
  func cancel() {
    let failure = CallFailure(.cancelled, .cancelled, "the other side gave the call up")
    inbox?.cancel(failure)
    task?.cancel()
    waiters.fail(failure)
  }
}

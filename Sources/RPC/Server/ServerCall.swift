internal import NIOCore
internal import Wire

/// A call that lasts: its task, its inbox, who waits to send on it, and where its end is counted.
final class ServerCall: OpenCall {
  let deadline: NIODeadline?
  let inbox: (any MessageSink)?
  var waiters = SendWaiters()
  var task: Task<Void, Never>?
  /// What it asks for.
  let method: MethodEntry
  let trace: TraceContext?
  private let kind: CallKind
  private let begun: NIODeadline

  init(
    deadline: NIODeadline?, inbox: (any MessageSink)?, method: MethodEntry, trace: TraceContext?,
    kind: CallKind, begun: NIODeadline
  ) {
    self.deadline = deadline
    self.inbox = inbox
    self.method = method
    self.trace = trace
    self.kind = kind
    self.begun = begun
  }

  /// Counts what it was answered with; to be called once, by whoever takes it out of its connection.
  func count(_ status: StatusCode) {
    method.tally.count(status, took: kind == .unary ? .now() - begun : nil)
  }

  /// Nobody waits for the answer: the work is told to stop.
  func cancel() {
    let failure = CallFailure(.cancelled, .cancelled, "the other side gave the call up")
    inbox?.cancel(failure)
    task?.cancel()
    waiters.fail(failure)
  }
}

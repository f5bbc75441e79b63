internal import ExchangeProtos
internal import NIOCore
internal import Wire

/// A call that waits for its result: who is told, and who waits to send on it.
final class ClientCall: OpenCall {
  /// Gets the reply's bytes in place, nil for a call that ends without a reply; or its failure.
  typealias Completion = (UnsafeRawBufferPointer?, CallFailure?, MessageArena) -> Void

  let deadline: NIODeadline?
  let inbox: (any MessageSink)?
  var waiters = SendWaiters()
  private var completion: Completion?

  init(
    deadline: NIODeadline?, inbox: (any MessageSink)? = nil, completion: @escaping Completion
  ) {
    self.deadline = deadline
    self.inbox = inbox
    self.completion = completion
  }

  /// Tells the outcome, once.
  func finish(
    _ reply: UnsafeRawBufferPointer?, _ failure: CallFailure?, _ arena: MessageArena
  ) {
    guard let completion else { return }
    self.completion = nil
    completion(reply, failure, arena)
    waiters.fail(.streamIsOver)
  }
}

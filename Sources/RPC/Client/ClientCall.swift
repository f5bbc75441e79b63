internal import ExchangeProtos
internal import NIOCore
internal import Wire

/// A call that waits for its result: who is told, and who waits to send on it.
final class ClientCall {
  /// Gets the reply's bytes in place, nil for a call that ends without a reply; or its failure.
  typealias Completion = (UnsafeRawBufferPointer?, CallFailure?, MessageArena) -> Void

  let deadline: NIODeadline?
  let inbox: (any MessageSink)?
  private var completion: Completion?
  private var waiters: [Waiter<Void>] = []

  init(
    deadline: NIODeadline?, inbox: (any MessageSink)? = nil, completion: @escaping Completion
  ) {
    self.deadline = deadline
    self.inbox = inbox
    self.completion = completion
  }

  func wait(_ waiter: Waiter<Void>) { waiters.append(waiter) }

  /// Lets the waiters look again whether they may send.
  func wake() {
    let woken = waiters
    waiters.removeAll()
    for waiter in woken { waiter.resume() }
  }

  /// Tells the outcome, once.
  func complete(
    _ reply: UnsafeRawBufferPointer?, _ failure: CallFailure?, _ arena: MessageArena
  ) {
    guard let completion else { return }
    self.completion = nil
    completion(reply, failure, arena)
    guard !waiters.isEmpty else { return }
    let woken = waiters
    waiters.removeAll()
    for waiter in woken { waiter.resume(throwing: CallFailure.streamIsOver) }
  }
}

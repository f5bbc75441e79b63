internal import Wire

/// Who waits to send on a stream that has no credit, or whose socket is full.
struct SendWaiters {
  private var waiting: [Waiter<Void>] = []

  mutating func add(_ waiter: Waiter<Void>) { waiting.append(waiter) }

  /// Lets all of them look again whether they may send.
  mutating func wake() {
    for waiter in takeAll() { waiter.resume() }
  }

  /// Tells all of them why they never will.
  mutating func fail(_ failure: CallFailure) {
    for waiter in takeAll() { waiter.resume(throwing: failure) }
  }

  private mutating func takeAll() -> [Waiter<Void>] {
    defer { waiting.removeAll() }
    return waiting
  }
}

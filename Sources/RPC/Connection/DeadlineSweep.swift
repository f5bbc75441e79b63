internal import NIOCore

/// One timer for all deadlines of a connection: it runs at the earliest, and looks at all.
///
/// A timer per call would cost more than most calls do.
struct DeadlineSweep {
  private var scheduled: Scheduled<Void>?
  private var at = NIODeadline.distantFuture

  /// Makes sure that `sweep` runs when `deadline` has passed.
  mutating func cover(
    _ deadline: NIODeadline, on loop: any EventLoop, _ sweep: @escaping @Sendable () -> Void
  ) {
    guard deadline < at else { return }
    scheduled?.cancel()
    at = deadline
    scheduled = loop.scheduleTask(deadline: deadline + .milliseconds(1), sweep)
  }

  /// The timer has run, or is no longer needed.
  mutating func reset() {
    scheduled?.cancel()
    scheduled = nil
    at = .distantFuture
  }
}

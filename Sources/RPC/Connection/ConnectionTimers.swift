internal import NIOCore
internal import Wire

/// The clocks of one connection, on its loop: the ticks, the pings that the other side asks for, and
/// the deadlines of its calls.
struct ConnectionTimers {
  private var ticks: RepeatedTask?
  private var pings: RepeatedTask?
  private var deadlines = DeadlineSweep()

  /// Begins to tick, as often as the limits ask.
  mutating func start(
    on loop: any EventLoop, limits: WireLimits, _ tick: @escaping @Sendable () -> Void
  ) {
    ticks = ConnectionTimers.every(limits.tickMilliseconds, on: loop, tick)
  }

  /// Ticks besides for a peer that waits less long than the ticks are apart.
  mutating func ping(
    every milliseconds: Int, on loop: any EventLoop, _ tick: @escaping @Sendable () -> Void
  ) {
    pings = ConnectionTimers.every(milliseconds, on: loop, tick)
  }

  /// Makes sure that `sweep` runs when a deadline has passed.
  mutating func cover(
    _ deadline: NIODeadline, on loop: any EventLoop, _ sweep: @escaping @Sendable () -> Void
  ) {
    deadlines.cover(deadline, on: loop, sweep)
  }

  /// The deadlines were looked at; the next one is covered anew.
  mutating func deadlinesLookedAt() { deadlines.reset() }

  /// Stops all of them; false: they stood still already.
  mutating func stop() -> Bool {
    guard let ticks else { return false }
    ticks.cancel()
    self.ticks = nil
    pings?.cancel()
    deadlines.reset()
    return true
  }

  private static func every(
    _ milliseconds: Int, on loop: any EventLoop, _ tick: @escaping @Sendable () -> Void
  ) -> RepeatedTask {
    let delay = TimeAmount.milliseconds(Int64(milliseconds))
    return loop.scheduleRepeatedTask(initialDelay: delay, delay: delay) { _ in tick() }
  }
}

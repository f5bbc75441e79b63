@_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) import _Concurrency

/// Runs every task of the process on the scheduler of its simulation: also those that the product
/// starts, and what sleeps.
///
/// By an interface of Swift's that is not settled yet (SE-0505). With another toolchain it may not
/// compile; that it works, the test shows that compares two runs.
final class SimulatedExecutor: TaskExecutor, SchedulingExecutor {
  static let only = SimulatedExecutor()
  /// Takes a job that may run after so many nanoseconds; nil: now.
  nonisolated(unsafe) static var take: (UnownedJob, Int64?) -> Void = { _, _ in }

  private enum Factory: ExecutorFactory {
    static var mainExecutor: any MainExecutor { PlatformExecutorFactory.mainExecutor }
    static var defaultExecutor: any TaskExecutor { only }
  }

  /// To be called before the first task of the process.
  static func install() { _createExecutors(factory: Factory.self) }

  func enqueue(_ job: consuming ExecutorJob) { Self.take(UnownedJob(job), nil) }

  func enqueue<C: Clock>(
    _ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C
  ) {
    // Swift's two clocks, whose durations are Duration, are all that the product sleeps by.
    let delay = (delay as? Duration) ?? .zero
    Self.take(UnownedJob(job), Int64(delay / .nanoseconds(1)))
  }

  func enqueue<C: Clock>(
    _ job: consuming ExecutorJob, at instant: C.Instant, tolerance: C.Duration?, clock: C
  ) {
    enqueue(job, after: clock.now.duration(to: instant), tolerance: tolerance, clock: clock)
  }
}

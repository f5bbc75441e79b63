/// Work that keeps a processor busy, one piece after the other: away from the loops that carry the
/// connections, which else would all wait for it.
actor BackgroundWork {
  /// Does a piece of work when its turn comes.
  nonisolated func run<Value: Sendable>(
    _ work: @escaping @Sendable () -> Value
  ) async -> Value {
    // A task of the caller's kind would run on the caller's loop.
    await Task.detached { await self.perform(work) }.value
  }

  private func perform<Value: Sendable>(_ work: @Sendable () -> Value) -> Value { work() }
}

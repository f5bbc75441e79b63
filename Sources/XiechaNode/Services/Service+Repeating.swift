import ServiceLifecycle

extension Service {
  /// Does something at once and again after each pause, until the node is asked to stop.
  func doAgain(
    every pause: Duration, _ work: @escaping @Sendable () async -> Void
  ) async {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await work()
        try? await Task.sleep(for: pause)
      }
    }
  }
}

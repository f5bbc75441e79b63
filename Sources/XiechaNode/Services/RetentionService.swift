import Exchange
import Logging
import ServiceLifecycle

/// Removes what the node knows of persons and whose time is over, at the start and every six hours
/// after (G6).
struct RetentionService: Service {
  let node: Node
  let policy: RetentionPolicy
  let logger: Logger

  private static let pause = Duration.seconds(6 * 3600)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          let removed = try await node.remove(by: policy)
          if removed != Node.Removed() {
            logger.notice(
              "what was kept long enough was removed",
              metadata: [
                "items": "\(removed.items)", "traces": "\(removed.traces)",
                "waiting": "\(removed.waiting)",
              ])
          }
        } catch {
          logger.error(
            "what was kept long enough could not be removed", metadata: ["error": "\(error)"])
        }
        try? await Task.sleep(for: RetentionService.pause)
      }
    }
  }
}

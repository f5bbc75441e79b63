import Logging
import Program
import ServiceLifecycle

/// Tells the service manager that the node works, as often as it asks for: that means that the writer
/// commits.
///
/// A node whose writer is stuck answers calls and loses nothing, but takes nothing either: the manager
/// starts it again.
struct Watchdog: Service {
  let manager: ServiceManager
  /// What keeps the writer from its work; nil: nothing.
  let trouble: @Sendable () async -> String?
  let logger: Logger

  func run() async throws {
    guard let within = manager.watchdog else { return try await gracefulShutdown() }
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        if let trouble = await trouble() {
          manager.tell("STATUS=\(trouble)")
          logger.error(
            "the watchdog is not told that the node works", metadata: ["why": "\(trouble)"])
        } else {
          manager.tell("WATCHDOG=1", "STATUS=serving")
        }
        // Twice within its time, so that one that comes late is none that is missing.
        try? await Task.sleep(for: within / 2)
      }
    }
  }
}

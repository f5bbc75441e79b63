import Exchange
import Logging
import ServiceLifecycle

/// Freezes the figures of cycles that have closed, at the start and every hour after (S5.2).
struct ClosingCycles: Service {
  let node: Node
  let logger: Logger

  private static let pause = Duration.seconds(3600)

  func run() async throws {
    await doAgain(every: ClosingCycles.pause) {
      do {
        let frozen = try await node.freezeClosedCycles()
        if frozen > 0 { logger.info("figures frozen", metadata: ["counties": "\(frozen)"]) }
      } catch {
        logger.error("figures could not be frozen", metadata: ["error": "\(error)"])
      }
    }
  }
}

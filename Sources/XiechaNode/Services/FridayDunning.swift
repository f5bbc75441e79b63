import Exchange
import Logging
import ServiceLifecycle

/// Writes the lists of dunning when their day has come, at the start and every ten minutes after
/// (S10.4).
struct FridayDunning: Service {
  let node: Node
  let logger: Logger

  private static let pause = Duration.seconds(600)

  func run() async throws {
    await doAgain(every: FridayDunning.pause) {
      do {
        let written = try await node.dun()
        if written > 0 { logger.notice("dunned", metadata: ["letters": "\(written)"]) }
      } catch {
        logger.error("lagging places could not be dunned", metadata: ["error": "\(error)"])
      }
    }
  }
}

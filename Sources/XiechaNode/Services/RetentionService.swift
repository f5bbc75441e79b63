import Exchange
import Logging
import ServiceLifecycle

/// Removes what the node knows of persons and whose time is over, at the start and every six hours
/// after (G6), and within a minute what a person has had erased (PIPL 47).
struct RetentionService: Service {
  let node: Node
  let policy: RetentionPolicy
  let logger: Logger

  private static let pause = Duration.seconds(60)
  /// From one look at what is old to the next, in pauses: six hours.
  private static let rounds = 360

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var round = 0
      while !Task.isCancelled {
        if round == 0 {
          await tell("what was kept long enough was removed") { try await node.remove(by: policy) }
        }
        await tell("what a person has asked for was erased") { try await node.erase() }
        round = (round + 1) % RetentionService.rounds
        try? await Task.sleep(for: RetentionService.pause)
      }
    }
  }

  private func tell(_ text: Logger.Message, _ remove: () async throws -> Node.Removed) async {
    do {
      let removed = try await remove()
      if removed.items == 0, removed.traces == 0 { return }
      logger.notice(
        text,
        metadata: [
          "items": "\(removed.items)", "traces": "\(removed.traces)",
          "waiting": "\(removed.waiting)",
        ])
    } catch {
      logger.error("what is to go could not be removed", metadata: ["error": "\(error)"])
    }
  }
}

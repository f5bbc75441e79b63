import Backups
import Logging
import Presentation
import ServiceLifecycle

/// Makes the node's backups when they are due, until the node is asked to stop.
struct BackupService: Service {
  /// How often it looks whether one is due: a machine that slept is not late for long.
  private static let pause = Duration.seconds(60)

  let keeper: BackupKeeper
  let logger: Logger

  func run() async throws {
    await doAgain(every: BackupService.pause) { await look() }
  }

  private func look() async {
    do {
      guard try await keeper.due() <= SystemClock.milliseconds else { return }
      let outcome = try await keeper.run()
      logger.notice(
        "backed up and verified",
        metadata: [
          "file": "\(outcome.report.file)", "bytes": "\(outcome.report.header.bytes)",
          "key": "\(outcome.report.header.key)", "old-removed": "\(outcome.removed.count)",
        ])
    } catch {
      logger.error("the backup failed; it is tried again", metadata: ["error": "\(error)"])
    }
  }
}

import Exchange
import Logging
import RPC
import ServiceLifecycle
import UnixSignals

/// Reads the certificate files and the imported calendar again on SIGHUP, and takes what was set
/// aside and can be taken now.
///
/// Where a file is bad, what is in force stays.
struct Reload: Service {
  /// SIGHUP, trapped before the node says that it is ready: until then it would end the process.
  let signals: UnixSignalsSequence
  /// Reads the certificate files again.
  let certificates: @Sendable () async throws -> Void
  /// Its open connections are looked at again: who was revoked does not stay.
  let listening: RPCServer
  /// Takes the calendar that was imported since, and what follows from it.
  let calendar: @Sendable () async throws -> (moved: Int, taken: Node.TakenAgain)
  let logger: Logger

  func run() async throws {
    for await _ in signals.cancelOnGracefulShutdown() {
      do {
        try await certificates()
        listening.recheckPeers()
        logger.notice("certificates read again; revoked peers are let go")
      } catch {
        logger.error(
          "certificates not read again; the old ones hold", metadata: ["error": "\(error)"])
      }
      do {
        let outcome = try await calendar()
        logger.notice(
          "calendar read again",
          metadata: [
            "due-dates-moved": "\(outcome.moved)", "set-aside-taken": "\(outcome.taken.taken)",
            "set-aside-left": "\(outcome.taken.left)",
          ])
      } catch {
        logger.error("calendar not read again; the old one holds", metadata: ["error": "\(error)"])
      }
    }
  }
}

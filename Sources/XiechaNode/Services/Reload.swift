import Logging
import RPC
import ServiceLifecycle
import TLS
import UnixSignals

/// Reads the certificate files and the imported calendar again on SIGHUP. Where one is bad, what is in
/// force stays.
struct Reload: Service {
  /// SIGHUP, trapped before the node says that it is ready: until then it would end the process.
  let signals: UnixSignalsSequence
  let contexts: [TLSContext]
  /// Its open connections are looked at again: who was revoked does not stay.
  let listening: RPCServer
  /// Takes the calendar that was imported since.
  let calendar: @Sendable () async throws -> Void
  let logger: Logger

  func run() async throws {
    for await _ in signals.cancelOnGracefulShutdown() {
      do throws(TLSFailure) {
        for context in contexts { try context.reload() }
        listening.recheckPeers()
        logger.notice("certificates read again; revoked peers are let go")
      } catch {
        logger.error(
          "certificates not read again; the old ones hold", metadata: ["error": "\(error)"])
      }
      do {
        try await calendar()
        logger.notice("calendar read again")
      } catch {
        logger.error("calendar not read again; the old one holds", metadata: ["error": "\(error)"])
      }
    }
  }
}

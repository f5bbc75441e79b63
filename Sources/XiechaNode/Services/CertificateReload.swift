import Logging
import RPC
import ServiceLifecycle
import TLS
import UnixSignals

/// Reads the certificate files again on SIGHUP. Where one is bad, the ones in force stay.
struct CertificateReload: Service {
  /// SIGHUP, trapped before the node says that it is ready: until then it would end the process.
  let signals: UnixSignalsSequence
  let contexts: [TLSContext]
  /// Its open connections are looked at again: who was revoked does not stay.
  let listening: RPCServer
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
    }
  }
}

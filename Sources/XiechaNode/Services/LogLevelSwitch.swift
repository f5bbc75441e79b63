import Logging
import ServiceLifecycle
import UnixSignals

/// Changes the log's level while the node runs: SIGUSR1 makes it tell more, a step each time, SIGUSR2
/// as much as the configuration says.
struct LogLevelSwitch: Service {
  /// Both, trapped before the node says that it is ready: until then they would end the process.
  let signals: UnixSignalsSequence
  let level: LogLevel
  let logger: Logger

  func run() async throws {
    for await signal in signals.cancelOnGracefulShutdown() {
      if signal == .sigusr1 { level.tellMore() } else { level.current = level.configured }
      logger.notice("the log's level is changed", metadata: ["level": "\(level.current)"])
    }
  }
}

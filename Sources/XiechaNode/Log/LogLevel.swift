import Logging
import Synchronization

/// The level of the node's log, which can be changed while it runs.
final class LogLevel: Sendable {
  private let place: Atomic<Int>
  /// The level of the configuration.
  let configured: Logger.Level

  init(_ level: Logger.Level) {
    configured = level
    place = Atomic(LogLevel.place(of: level))
  }

  /// The level that counts now.
  var current: Logger.Level {
    get { Logger.Level.allCases[place.load(ordering: .relaxed)] }
    set { place.store(LogLevel.place(of: newValue), ordering: .relaxed) }
  }

  /// One step towards `trace`; there it stays.
  func tellMore() {
    current = Logger.Level.allCases[max(0, LogLevel.place(of: current) - 1)]
  }

  private static func place(of level: Logger.Level) -> Int {
    Logger.Level.allCases.firstIndex(of: level) ?? 0
  }
}

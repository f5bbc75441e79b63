import Logging
import Synchronization

/// When a node's link was down, by what the node logs of it.
final class LinkTimes: Sendable {
  private struct State {
    var lostAt: ContinuousClock.Instant?
    var down: [Duration] = []
  }

  private let state = Mutex(State())

  /// How long it was down, each time since this was asked last.
  func take() -> [Duration] {
    state.withLock { state in
      defer { state.down = [] }
      return state.down
    }
  }

  /// The link was lost now.
  func lost() { state.withLock { $0.lostAt = $0.lostAt ?? .now } }

  private func opened() {
    state.withLock { state in
      if let lostAt = state.lostAt { state.down.append(.now - lostAt) }
      state.lostAt = nil
    }
  }

  struct Handler: LogHandler {
    let times: LinkTimes
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      switch "\(event.message)" {
      case "link open": times.opened()
      case "link ended", "link to the node above is down": times.lost()
      default: break
      }
    }
  }
}

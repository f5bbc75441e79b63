internal import Logging
internal import Synchronization

/// The level of a log line that a neighbour can cause as often as it likes: the line's own level once
/// a minute, `debug` in between.
final class RepeatedLines: Sendable {
  /// How long a line that was logged keeps those like it quiet, in milliseconds.
  static let quietMilliseconds: Int64 = 60_000

  private struct Key: Hashable {
    let line: String
    let peer: String
  }

  /// When each was logged last.
  ///
  /// The peers are registered nodes, so that there are not many.
  private let last = Mutex<[Key: Int64]>([:])

  /// The level of a line about a peer.
  ///
  /// - `now`: milliseconds since 1970.
  func level(_ level: Logger.Level, of line: String, _ peer: String, now: Int64) -> Logger.Level {
    last.withLock { last in
      let key = Key(line: line, peer: peer)
      if let before = last[key], (0..<RepeatedLines.quietMilliseconds).contains(now - before) {
        return .debug
      }
      last[key] = now
      return level
    }
  }
}

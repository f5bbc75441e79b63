internal import Logging
internal import Synchronization

/// The level of a log line that a neighbour, or a full disk, can cause as often as it likes: its own
/// level at first, then after a minute, two, four, up to an hour, each time with the number of those
/// kept quiet since; `debug` in between.
final class RepeatedLines: Sendable {
  /// How long a line that was logged keeps those like it quiet at first, in milliseconds.
  static let quietMilliseconds: Int64 = 60_000
  /// How long at most.
  static let longestQuietMilliseconds: Int64 = 3_600_000
  /// Lines that are remembered, at most: some ten of each of the neighbours that a province has.
  ///
  /// Past it a new one is told each time.
  static let longestPast = 4096

  /// A line that came no more, and how often it had come since it was last shown.
  struct Ended: Hashable {
    let line: String
    let peer: String
    let repeated: Int
    /// When it came last, in milliseconds since 1970.
    let last: Int64
  }

  private struct Key: Hashable {
    let line: String
    let peer: String
  }

  private struct Past {
    var shown: Int64
    var last: Int64
    var quiet = RepeatedLines.quietMilliseconds
    var repeated = 0
  }

  private let past = Mutex<[Key: Past]>([:])

  /// The level of a line about a peer, and how many like it were kept quiet since the last that was
  /// shown.
  ///
  /// - `now`: milliseconds since 1970.
  func level(
    _ level: Logger.Level, of line: String, _ peer: String, now: Int64
  ) -> (level: Logger.Level, repeated: Int) {
    past.withLock { past in
      let key = Key(line: line, peer: peer)
      guard var before = past[key] else {
        if past.count < RepeatedLines.longestPast { past[key] = Past(shown: now, last: now) }
        return (level, 0)
      }
      before.last = now
      if (0..<before.quiet).contains(now - before.shown) {
        before.repeated += 1
        past[key] = before
        return (.debug, 0)
      }
      let repeated = before.repeated
      past[key] = Past(
        shown: now, last: now,
        quiet: repeated > 0
          ? min(before.quiet * 2, RepeatedLines.longestQuietMilliseconds)
          : RepeatedLines.quietMilliseconds)
      return (level, repeated)
    }
  }

  /// The lines that have not come for as long as they were to be quiet, once each.
  func ended(now: Int64) -> [Ended] {
    past.withLock { past in
      var ended: [Ended] = []
      for (key, before) in past where !(0..<before.quiet).contains(now - before.last) {
        past[key] = nil
        guard before.repeated > 0 else { continue }
        ended.append(
          Ended(line: key.line, peer: key.peer, repeated: before.repeated, last: before.last))
      }
      return ended.sorted { ($0.line, $0.peer) < ($1.line, $1.peer) }
    }
  }
}

internal import Logging
internal import NIOConcurrencyHelpers
internal import NIOCore

/// How many lines of one kind the log gets: of each word so many a minute and no more.
///
/// What others bring about as often as they like must not fill the disk, nor hide what else is
/// logged.
final class LineLimit: Sendable {
  static let linesPerMinute = 20
  /// Words that are told apart: some three hundred reasons are the program's own; further ones count
  /// together.
  static let longestWords = 1024

  /// A line that is to be logged.
  struct Line {
    /// How many were not logged in the minute before.
    let missed: Int
    /// Whether no more are logged in this minute.
    let isLast: Bool

    /// Says what is not logged beside it.
    func say(in metadata: inout Logger.Metadata) {
      if missed > 0 { metadata["more-before"] = "\(missed)" }
      if isLast { metadata["further"] = "counted, not logged, this minute" }
    }
  }

  private struct Minute {
    let began: NIODeadline
    var lines = 0
    /// Since the start.
    var total: UInt64 = 0
  }

  private let minutes = NIOLockedValueBox<[String: Minute]>([:])

  /// How many came of each word since the start, those that were not logged among them.
  var counts: [String: UInt64] { minutes.withLockedValue { $0.mapValues(\.total) } }

  /// Counts a line; nil: it is not to be logged.
  func next(_ word: String, now: NIODeadline) -> Line? {
    minutes.withLockedValue { minutes in
      let isKnown = minutes[word] != nil || minutes.count < LineLimit.longestWords
      let word = isKnown ? word : ""
      var minute = minutes[word] ?? Minute(began: now)
      var missed = 0
      if now - minute.began >= .minutes(1) {
        missed = max(0, minute.lines - LineLimit.linesPerMinute)
        minute = Minute(began: now, total: minute.total)
      }
      minute.lines += 1
      minute.total += 1
      minutes[word] = minute
      guard minute.lines <= LineLimit.linesPerMinute else { return nil }
      return Line(missed: missed, isLast: minute.lines == LineLimit.linesPerMinute)
    }
  }
}

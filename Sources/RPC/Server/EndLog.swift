internal import Logging
internal import NIOConcurrencyHelpers
internal import NIOCore

/// The log's lines on connections that end badly: one for each, and of each reason so many a minute
/// and no more.
///
/// A flood of them must not fill the disk, nor hide what else is logged.
final class EndLog: Sendable {
  static let linesPerMinute = 20

  private struct Minute {
    let began: NIODeadline
    var ends = 0
    /// Since the start.
    var total: UInt64 = 0
  }

  private let logger: Logger
  private let minutes = NIOLockedValueBox<[String: Minute]>([:])

  init(_ logger: Logger) {
    self.logger = logger
  }

  /// How many ended for each reason since the start, those that were not logged among them.
  var counts: [String: UInt64] { minutes.withLockedValue { $0.mapValues(\.total) } }

  /// Logs an end.
  ///
  /// - `reason`: one of a small number of fixed words.
  /// - `detail`: what else there is to say of it.
  /// - `account`: who was signed in.
  func note(
    _ reason: String, detail: String? = nil, from address: SocketAddress?,
    account: String? = nil, now: NIODeadline = .now()
  ) {
    let (ends, missed) = minutes.withLockedValue { minutes -> (Int, Int) in
      var minute = minutes[reason] ?? Minute(began: now)
      var missed = 0
      if now - minute.began >= .minutes(1) {
        missed = max(0, minute.ends - EndLog.linesPerMinute)
        minute = Minute(began: now, total: minute.total)
      }
      minute.ends += 1
      minute.total += 1
      minutes[reason] = minute
      return (minute.ends, missed)
    }
    guard ends <= EndLog.linesPerMinute else { return }
    var metadata: Logger.Metadata = ["reason": "\(reason)"]
    if let detail { metadata["error"] = "\(detail)" }
    if let address = address?.ipAddress { metadata["address"] = "\(address)" }
    if let account { metadata["account"] = "\(account)" }
    if missed > 0 { metadata["more-before"] = "\(missed)" }
    if ends == EndLog.linesPerMinute { metadata["further"] = "counted, not logged, this minute" }
    logger.info("connection ended by this side", metadata: metadata)
  }
}

internal import Logging
internal import NIOCore

/// The log's lines on connections that end badly: one for each, as far as their limit goes.
final class EndLog: Sendable {
  private let logger: Logger
  private let limit = LineLimit()

  init(_ logger: Logger) {
    self.logger = logger
  }

  /// How many ended for each reason since the start, those that were not logged among them.
  var counts: [String: UInt64] { limit.counts }

  /// Logs an end.
  ///
  /// - `reason`: one of a small number of fixed words.
  /// - `detail`: what else there is to say of it.
  /// - `account`: who was signed in.
  func note(
    _ reason: String, detail: String? = nil, from address: SocketAddress?,
    account: String? = nil, now: NIODeadline = .now()
  ) {
    guard let line = limit.next(reason, now: now) else { return }
    var metadata: Logger.Metadata = ["reason": "\(reason)"]
    if let detail { metadata["error"] = "\(detail)" }
    if let address = address?.ipAddress { metadata["address"] = "\(address)" }
    if let account { metadata["account"] = "\(account)" }
    line.say(in: &metadata)
    logger.info("connection ended by this side", metadata: metadata)
  }
}

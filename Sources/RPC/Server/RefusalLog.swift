internal import Logging
internal import NIOCore
internal import Wire

/// The log's lines on what callers were refused, so that an operator's refusal can be looked up by its
/// trace; of each reason as many as the limit lets.
///
/// The sentence is not in it: the operator has that.
final class RefusalLog: Sendable {
  private let logger: Logger
  private let limit = LineLimit()

  init(_ logger: Logger) {
    self.logger = logger
  }

  /// Logs a refusal.
  ///
  /// - `act`: the method, or what was to happen to an item.
  /// - `item`: the item's identity; nil where it was no single item.
  func note(
    _ failure: CallFailure, act: String, item: String? = nil, account: String?,
    trace: TraceContext?, now: NIODeadline = .now()
  ) {
    // Who gives a call up knows.
    guard failure.status != .cancelled, let line = limit.next(failure.reason, now: now) else {
      return
    }
    var metadata: Logger.Metadata = [
      "act": "\(act)", "status": "\(failure.status.name)", "reason": "\(failure.reason)",
    ]
    if !failure.field.isEmpty { metadata["field"] = "\(failure.field)" }
    if let item { metadata["item"] = "\(item)" }
    if let account { metadata["account"] = "\(account)" }
    if let trace { metadata["trace"] = "\(trace.identity)" }
    line.say(in: &metadata)
    logger.info("refused", metadata: metadata)
  }
}

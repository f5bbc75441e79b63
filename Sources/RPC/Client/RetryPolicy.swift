public import ExchangeProtos
public import Wire

/// Which failed calls may be made again, and when.
///
/// A call that the node has not begun with may always be made again: only this side can know that,
/// whatever reason a `RESULT` gives. One that it may have carried out only if its method is
/// idempotent; and one that was shed, not before the node's hint.
public struct RetryPolicy: Sendable {
  /// Attempts of one call at most, the first included.
  public var attempts: Int

  /// A policy of its parts.
  public init(attempts: Int = 4) {
    self.attempts = max(1, attempts)
  }

  /// What to do about a failure.
  public enum Decision: Sendable, Hashable {
    /// The failure is the call's outcome.
    case giveUp
    /// Try again after this many milliseconds at least; the backoff may ask for more.
    case retry(afterMilliseconds: UInt32)
  }

  /// Decides about a failed attempt.
  ///
  /// - `attempt`: 1 for the first.
  public func decide(
    _ failure: CallFailure, of method: MethodDescriptor, attempt: Int
  ) -> Decision {
    guard attempt < attempts, failure.wasNotBegun || method.isIdempotent else { return .giveUp }
    switch failure.status {
    case .unavailable: return .retry(afterMilliseconds: failure.retryAfterMilliseconds)
    case .resourceExhausted where failure.retryAfterMilliseconds > 0:
      return .retry(afterMilliseconds: failure.retryAfterMilliseconds)
    default: return .giveUp
    }
  }
}

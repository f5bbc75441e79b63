public import ExchangeProtos
public import Wire

/// Which failed calls may be made again, and when.
///
/// A call that the node has not looked at may always be made again. One that it may have carried out
/// only if doing it twice is doing it once; and one that was shed, not before the node's hint.
public struct RetryPolicy: Sendable {
  /// Attempts of one call at most, the first included.
  public var attempts: Int
  /// The numbers of the methods that may be repeated: readings, and acts with an identity of their
  /// own that the node knows again.
  public var repeatable: Set<UInt32>

  /// A policy of its parts.
  public init(repeatable: [MethodDescriptor], attempts: Int = 4) {
    self.attempts = max(1, attempts)
    self.repeatable = Set(repeatable.map(\.number))
  }

  /// What to do about a failure.
  public enum Decision: Sendable, Hashable {
    /// The failure is the call's outcome.
    case giveUp
    /// Try again after this many milliseconds at least; the backoff may ask for more.
    case retry(afterMilliseconds: UInt32)
  }

  /// Reasons under which the node, or this side, has not begun with the call.
  static let notBegun: Set<String> = ["not-looked-at", "connection-leaving", "unreachable"]

  /// Decides about a failed attempt.
  ///
  /// - Parameter attempt: 1 for the first.
  public func decide(
    _ failure: CallFailure, of method: MethodDescriptor, attempt: Int
  ) -> Decision {
    guard attempt < attempts else { return .giveUp }
    switch failure.status {
    case .unavailable where RetryPolicy.notBegun.contains(failure.reason),
      .unavailable where repeatable.contains(method.number),
      .resourceExhausted
    where failure.retryAfterMilliseconds > 0
      && repeatable.contains(method.number):
      return .retry(afterMilliseconds: failure.retryAfterMilliseconds)
    default: return .giveUp
    }
  }
}

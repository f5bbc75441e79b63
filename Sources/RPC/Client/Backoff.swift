/// How long to wait before the next attempt: doubled each time, with full jitter, so that three
/// thousand nodes that lost the same province do not come back in the same second.
public struct Backoff: Sendable {
  /// The longest first wait, in milliseconds.
  public static let firstMilliseconds = 200.0
  /// The longest wait, in milliseconds.
  public static let longestMilliseconds = 15_000.0
  /// The shortest wait, in milliseconds.
  public static let shortestMilliseconds = 20.0

  private var attempts = 0

  /// A backoff without attempts.
  public init() {}

  /// An attempt succeeded: the next wait is short again.
  public mutating func succeeded() { attempts = 0 }

  /// The wait before the next attempt.
  public mutating func next() -> Duration {
    var random = SystemRandomNumberGenerator()
    return next(using: &random)
  }

  /// The wait before the next attempt, from these random numbers.
  public mutating func next(using random: inout some RandomNumberGenerator) -> Duration {
    var ceiling = Backoff.firstMilliseconds
    for _ in 0..<min(attempts, 10) { ceiling = min(ceiling * 2, Backoff.longestMilliseconds) }
    attempts += 1
    return .milliseconds(
      Double.random(in: Backoff.shortestMilliseconds...ceiling, using: &random))
  }
}

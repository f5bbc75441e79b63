/// How many retries a client may make: a share of its calls, so that clients of a node in trouble do
/// not multiply its load.
///
/// A bucket of tokens: each call adds a share of one, each retry takes a whole one.
public struct RetryBudget: Sendable, Hashable {
  /// What a call adds, in thousandths of a retry.
  ///
  /// 100: one retry for ten calls.
  public let thousandthsPerCall: Int
  /// What the bucket holds at most, in retries: so many may follow one another after a quiet time.
  public let largestRetries: Int
  private var thousandths: Int

  /// A full bucket.
  public init(thousandthsPerCall: Int = 100, largestRetries: Int = 10) {
    self.thousandthsPerCall = min(max(0, thousandthsPerCall), 1000)
    self.largestRetries = min(max(0, largestRetries), 1_000_000)
    thousandths = self.largestRetries * 1000
  }

  /// Books a call's first attempt.
  public mutating func called() {
    thousandths = min(thousandths + thousandthsPerCall, largestRetries * 1000)
  }

  /// Takes a retry out of the bucket; false: there is none.
  public mutating func takeRetry() -> Bool {
    guard thousandths >= 1000 else { return false }
    thousandths -= 1000
    return true
  }
}

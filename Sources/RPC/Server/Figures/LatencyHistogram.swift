/// How long things took, counted by what they did not exceed.
public struct LatencyHistogram: Sendable, Hashable {
  /// What the buckets count up to, in microseconds.
  ///
  /// They lie around what a commit takes (1 ms), a person notices (100 ms) and a call's deadline bears
  /// (30 s). What took longer is in ``count`` alone.
  public static let boundsMicroseconds: [Int64] = [
    250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    2_500_000, 10_000_000, 30_000_000,
  ]

  /// For each bound how many took longer than the one before and no longer than it.
  public private(set) var buckets: [UInt64] = []
  /// How many there were.
  public private(set) var count: UInt64 = 0
  /// What all of them took together, in microseconds.
  public private(set) var sumMicroseconds: UInt64 = 0

  /// Counts one.
  mutating func add(microseconds: Int64) {
    if buckets.isEmpty {
      buckets = Array(repeating: 0, count: LatencyHistogram.boundsMicroseconds.count)
    }
    let bound = LatencyHistogram.boundsMicroseconds.firstIndex { microseconds <= $0 }
    if let bound { buckets[bound] += 1 }
    count += 1
    sumMicroseconds += UInt64(clamping: microseconds)
  }
}

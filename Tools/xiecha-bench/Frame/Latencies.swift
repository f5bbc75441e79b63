/// Latencies in buckets of a tenth of a microsecond up to 100 ms, and of a millisecond up to 100 s.
struct Latencies: Sendable {
  private static let fine = 1_000_000
  private static let coarse = 100_000
  private var buckets = [UInt32](repeating: 0, count: fine + coarse)
  private(set) var count = 0

  mutating func add(nanoseconds: Int64) {
    let tenths = Int(max(0, nanoseconds) / 100)
    let place =
      tenths < Latencies.fine
      ? tenths : Latencies.fine + min(tenths / 10_000, Latencies.coarse - 1)
    buckets[place] += 1
    count += 1
  }

  mutating func merge(_ other: Latencies) {
    for index in buckets.indices { buckets[index] += other.buckets[index] }
    count += other.count
  }

  /// In microseconds; 1 gives the longest.
  func percentile(_ share: Double) -> Double {
    var left = min(Int(Double(count) * share), count - 1)
    for (place, number) in buckets.enumerated() {
      left -= Int(number)
      guard left < 0 else { continue }
      return place < Latencies.fine
        ? Double(place) / 10 : Double(place - Latencies.fine) * 1_000
    }
    return .nan
  }
}

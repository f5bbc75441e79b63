/// A random sample of answered items that anybody can draw again (S10.7): from the same items and the
/// same seed come the same ones.
public enum SpotSample {
  /// Draws a sample.
  ///
  /// Each item has a number of its own under a seed, and the smallest numbers are drawn: an item that
  /// comes or goes changes at most one of the others.
  ///
  /// - Parameters:
  ///   - count: How many; all where there are no more.
  ///   - items: The identities to draw from, in any order.
  ///   - seed: The seed.
  /// - Returns: The items drawn, in the order of their numbers.
  public static func draw(_ count: Int, from items: [[UInt8]], seed: UInt64) -> [[UInt8]] {
    let numbered = items.map { (number: number(of: $0, seed: seed), id: $0) }
    let sorted = numbered.sorted {
      $0.number != $1.number
        ? $0.number < $1.number : $0.id.lexicographicallyPrecedes($1.id)
    }
    return sorted.prefix(max(0, count)).map(\.id)
  }

  /// The number of an item: FNV-1a of 64 bits over its identity, begun with the seed, and mixed by the
  /// finisher of SplitMix64, so that numbers of neighbouring identities have nothing to do with each
  /// other.
  static func number(of id: [UInt8], seed: UInt64) -> UInt64 {
    var hash = seed ^ 0xcbf2_9ce4_8422_2325
    for byte in id { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    hash = (hash ^ hash >> 30) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ hash >> 27) &* 0x94d0_49bb_1331_11eb
    return hash ^ hash >> 31
  }
}

internal import Credentials

/// The page that a transaction is writing.
struct LogDraft {
  /// The log before the page, once somebody has asked for it.
  var end: GrowingHashTree?
  /// The hashes of its entries.
  var leaves: [[UInt8]] = []
  /// When the latest of its entries was made: milliseconds since 1970.
  var at: Int64 = 0

  /// Takes back what was entered since there were so many entries.
  mutating func takeBack(to count: Int) { leaves.removeLast(max(0, leaves.count - count)) }
}

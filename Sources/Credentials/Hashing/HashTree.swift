/// A Merkle tree as RFC 9162, section 2.1, builds it: whoever has its root can be shown that an entry
/// is in it, by a few hashes.
///
/// Leaf and node are hashed apart, so that none passes for the other.
public struct HashTree: Sendable {
  /// The hashes of its entries, in order.
  public let leaves: [[UInt8]]
  /// Each level from the leaves up; the last has the root alone.
  ///
  /// A node without a neighbour goes up as it is.
  private let levels: [[[UInt8]]]

  /// The tree over the hashes of entries (``leaf(_:)``); there is at least one.
  public init?(leaves: [[UInt8]]) {
    guard !leaves.isEmpty else { return nil }
    self.leaves = leaves
    var levels = [leaves]
    while let level = levels.last, level.count > 1 {
      levels.append(
        stride(from: 0, to: level.count, by: 2).map { left in
          left + 1 < level.count ? HashTree.node(level[left], level[left + 1]) : level[left]
        })
    }
    self.levels = levels
  }

  /// What the tree is known by.
  public var root: [UInt8] { levels[levels.count - 1][0] }

  /// The hashes that lead from an entry to the root, the nearest first.
  public func path(to index: Int) -> [[UInt8]] {
    precondition(leaves.indices.contains(index), "a tree has paths to its own entries")
    var path: [[UInt8]] = []
    var place = index
    for level in levels.dropLast() {
      let sibling = place ^ 1
      if sibling < level.count { path.append(level[sibling]) }
      place /= 2
    }
    return path
  }

  /// The hash of an entry.
  public static func leaf(_ entry: [UInt8]) -> [UInt8] { SHA256Digest.of([0] + entry) }

  static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [1]
    bytes.reserveCapacity(1 + left.count + right.count)
    bytes += left
    bytes += right
    return SHA256Digest.of(bytes)
  }

  /// On which side of the way from an entry to the root the hash of a path stands.
  public enum Side: Sendable, Hashable {
    /// It is hashed first.
    case left
    /// It is hashed second.
    case right
  }

  /// The sides of the hashes of an entry's path (RFC 9162, section 2.1.3.2), the nearest first; nil
  /// where a tree of so many entries has no such one.
  public static func sides(at index: Int, of count: Int) -> [Side]? {
    guard index >= 0, index < count else { return nil }
    var (place, last) = (index, count - 1)
    var sides: [Side] = []
    while last > 0 {
      if place & 1 == 1 {
        sides.append(.left)
      } else if place < last {
        sides.append(.right)
      }
      place /= 2
      last /= 2
    }
    return sides
  }

  /// The root to which a path leads from a leaf; nil where a tree of so many entries has no such path.
  public static func root(
    from leaf: [UInt8], at index: Int, of count: Int, along path: [[UInt8]]
  ) -> [UInt8]? {
    guard let sides = sides(at: index, of: count), sides.count == path.count else { return nil }
    return zip(sides, path).reduce(leaf) { hash, step in
      step.0 == .left ? node(step.1, hash) : node(hash, step.1)
    }
  }
}

/// A tree that only grows, kept as the roots of its full parts: as many hashes as its size has ones.
public struct GrowingHashTree: Sendable, Hashable {
  /// How many entries it has.
  public private(set) var count: Int
  /// The roots of its full parts, the largest first.
  public private(set) var peaks: [[UInt8]]

  /// An empty tree.
  public init() {
    count = 0
    peaks = []
  }

  /// The tree that was kept; nil where the number of peaks is not that of the size.
  public init?(count: Int, peaks: [[UInt8]]) {
    guard count >= 0, peaks.count == count.nonzeroBitCount else { return nil }
    self.count = count
    self.peaks = peaks
  }

  /// Adds an entry by its hash.
  public mutating func append(leaf: [UInt8]) {
    var hash = leaf
    var full = count
    while full & 1 == 1 {
      hash = HashTree.node(peaks.removeLast(), hash)
      full /= 2
    }
    peaks.append(hash)
    count += 1
  }

  /// What the tree is known by; of the empty one SHA-256 over nothing.
  public var root: [UInt8] {
    guard var root = peaks.last else { return SHA256Digest.of([]) }
    for peak in peaks.dropLast().reversed() { root = HashTree.node(peak, root) }
    return root
  }
}

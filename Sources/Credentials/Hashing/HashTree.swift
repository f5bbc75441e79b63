/// A Merkle tree as RFC 9162, section 2.1, builds it: whoever has its root can be shown that an entry
/// is in it, by a few hashes.
///
/// Leaf and node are hashed apart, so that none passes for the other. All hashes lie in one array:
/// a node builds trees of some hundred entries for each commit.
public struct HashTree: Sendable {
  /// Each level from the leaves up, one hash behind the other; the last has the root alone.
  ///
  /// A node without a neighbour goes up as it is.
  private let hashes: [UInt8]
  /// Where each level lies, in hashes.
  private let levels: [Range<Int>]

  /// The tree over the hashes of entries (``leaf(_:_:)``), each of 32 bytes; there is at least one.
  public init?(leaves: [[UInt8]]) {
    guard !leaves.isEmpty else { return nil }
    precondition(leaves.allSatisfy { $0.count == SHA256Digest.byteCount }, "a hash has 32 bytes")
    var levels = [0..<leaves.count]
    while let level = levels.last, level.count > 1 {
      levels.append(level.upperBound..<level.upperBound + (level.count + 1) / 2)
    }
    let byteCount = levels[levels.count - 1].upperBound * SHA256Digest.byteCount
    var hashes: [UInt8] = []
    hashes.reserveCapacity(byteCount)
    for leaf in leaves { hashes += leaf }
    hashes += repeatElement(0, count: byteCount - hashes.count)
    hashes.withUnsafeMutableBytes { hashes in
      for (below, level) in zip(levels, levels.dropFirst()) {
        for (place, left) in zip(level, stride(from: below.lowerBound, to: below.upperBound, by: 2))
        {
          let target = UnsafeMutableRawBufferPointer(rebasing: hashes[HashTree.bytes(of: place)])
          let one = UnsafeRawBufferPointer(rebasing: hashes[HashTree.bytes(of: left)])
          if left + 1 < below.upperBound {
            HashTree.node(
              one, UnsafeRawBufferPointer(rebasing: hashes[HashTree.bytes(of: left + 1)]),
              into: target)
          } else {
            target.copyMemory(from: one)
          }
        }
      }
    }
    self.hashes = hashes
    self.levels = levels
  }

  /// What the tree is known by.
  public var root: [UInt8] { Array(hashes.suffix(SHA256Digest.byteCount)) }

  /// The hashes that lead from an entry to the root, the nearest first, one behind the other.
  public func path(to index: Int) -> [UInt8] {
    precondition(levels[0].contains(index), "a tree has paths to its own entries")
    var path: [UInt8] = []
    path.reserveCapacity(levels.count * SHA256Digest.byteCount)
    var place = index
    for level in levels.dropLast() {
      let sibling = level.lowerBound + (place ^ 1)
      if level.contains(sibling) { path += hashes[HashTree.bytes(of: sibling)] }
      place /= 2
    }
    return path
  }

  /// The hash of an entry, whose bytes may come in two parts.
  public static func leaf(_ entry: [UInt8], _ more: [UInt8] = []) -> [UInt8] {
    SHA256Digest.of(leafMark, entry, more)
  }

  static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    SHA256Digest.of(nodeMark, left, right)
  }

  private static func node(
    _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer,
    into node: UnsafeMutableRawBufferPointer
  ) {
    nodeMark.withUnsafeBytes { SHA256Functions.digest($0, left, right, into: node) }
  }

  /// Where a hash lies, in bytes.
  private static func bytes(of place: Int) -> Range<Int> {
    place * SHA256Digest.byteCount..<(place + 1) * SHA256Digest.byteCount
  }

  private static let leafMark: [UInt8] = [0]
  private static let nodeMark: [UInt8] = [1]

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
    from leaf: [UInt8], at index: Int, of count: Int, along path: [UInt8]
  ) -> [UInt8]? {
    guard let sides = sides(at: index, of: count),
      sides.count * SHA256Digest.byteCount == path.count
    else { return nil }
    var hash = leaf
    hash.withUnsafeMutableBytes { hash in
      path.withUnsafeBytes { path in
        for (step, side) in sides.enumerated() {
          let other = UnsafeRawBufferPointer(rebasing: path[bytes(of: step)])
          let own = UnsafeRawBufferPointer(hash)
          node(side == .left ? other : own, side == .left ? own : other, into: hash)
        }
      }
    }
    return hash
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

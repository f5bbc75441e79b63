public import Credentials

/// What one commit wrote, as the log keeps it: the hashes of its entries, and the node's signature.
///
/// The pages are the log. Each says what the log is with it, so that a page that was changed or taken
/// away shows at every page behind it.
public struct LogPage: Hashable, Sendable {
  /// From 1, without a gap.
  public var number: Int64
  /// When, by this node's clock: milliseconds since 1970.
  public var at: Int64
  /// The hashes of its entries, in order.
  public var leaves: [[UInt8]]
  /// The root over all pages up to this one.
  public var log: [UInt8]
  /// SHA-256 of the certificate whose key has signed; empty where nobody did: an administrator's
  /// program has no key, and what it writes is signed with the node's next page.
  public var signer: [UInt8]
  /// The signature over ``statement``.
  public var signature: [UInt8]

  /// The tree over its entries.
  public var tree: HashTree? { HashTree(leaves: leaves) }

  /// What is signed.
  public var statement: [UInt8] {
    LogPage.statement(
      number: number, at: at, root: tree?.root ?? [], log: log, signer: signer)
  }

  /// What a node signs: its page, its log with it, and as who; 124 bytes.
  static func statement(
    number: Int64, at: Int64, root: [UInt8], log: [UInt8], signer: [UInt8]
  ) -> [UInt8] {
    var bytes = mark
    bytes.reserveCapacity(124)
    bytes.append(bigEndian: number)
    bytes.append(bigEndian: at)
    bytes += root
    bytes += log
    bytes += signer
    return bytes
  }

  private static let mark = Array("xiecha log 1".utf8)

  /// The hash of the page in the log's tree.
  var leaf: [UInt8] { LogPage.leaf(number: number, at: at, root: tree?.root ?? []) }

  static func leaf(number: Int64, at: Int64, root: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    bytes.append(bigEndian: number)
    bytes.append(bigEndian: at)
    return HashTree.leaf(bytes, root)
  }
}

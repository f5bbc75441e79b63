public import Credentials

/// Some pages of a node's log, one behind the other, as a neighbour is told of them: enough to see that
/// the log has only grown.
public struct LogTail: Hashable, Sendable {
  /// What a page adds to the log's tree.
  public struct Page: Hashable, Sendable {
    /// When it was written: milliseconds since 1970.
    public var at: Int64
    /// The root of the tree over its entries, 32 bytes.
    public var root: [UInt8]

    /// A page.
    public init(at: Int64, root: [UInt8]) {
      self.at = at
      self.root = root
    }
  }

  /// The number of the first page.
  public var first: Int64
  /// The pages; there is at least one.
  public var pages: [Page]
  /// The root of the log with the last of them.
  public var log: [UInt8]
  /// Who has signed the last.
  public var signer: [UInt8]
  /// The signature of the last.
  public var signature: [UInt8]

  /// A tail of its parts.
  public init(first: Int64, pages: [Page], log: [UInt8], signer: [UInt8], signature: [UInt8]) {
    self.first = first
    self.pages = pages
    self.log = log
    self.signer = signer
    self.signature = signature
  }

  /// Pages behind each other; nil where none of them is signed.
  init?(_ pages: [LogPage]) {
    guard let first = pages.first, let last = pages.lastIndex(where: { !$0.signature.isEmpty })
    else { return nil }
    self.init(
      first: first.number,
      pages: pages[...last].map { Page(at: $0.at, root: $0.tree?.root ?? []) },
      log: pages[last].log, signer: pages[last].signer, signature: pages[last].signature)
  }

  /// The number of the last page.
  public var last: Int64 { first + Int64(pages.count) - 1 }

  /// What the last page's signature is over, if the tail follows a log; nil where it does not: it
  /// begins elsewhere, or leads to another root.
  public func follow(_ log: inout GrowingHashTree) -> [UInt8]? {
    guard first == Int64(log.count) + 1, let end = pages.last,
      pages.allSatisfy({ $0.root.count == SHA256Digest.byteCount })
    else { return nil }
    var grown = log
    for (step, page) in pages.enumerated() {
      grown.append(leaf: LogPage.leaf(number: first + Int64(step), at: page.at, root: page.root))
    }
    guard grown.root == self.log else { return nil }
    log = grown
    return LogPage.statement(
      number: last, at: end.at, root: end.root, log: self.log, signer: signer)
  }
}

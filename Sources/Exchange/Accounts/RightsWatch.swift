internal import Ledger

/// Sees that somebody's rights have become less, whoever has changed them: an account was switched off
/// or got another password, a node was shut out or got another certificate.
///
/// What is open is looked at again at once, so that it ends within a second of the commit.
public struct RightsWatch: Sendable {
  private let node: Node
  private let recheck: @Sendable () -> Void

  /// How often it looks, in milliseconds: four times in the second within which a revocation holds.
  public static let pollMilliseconds = 250

  /// The watch of a node; `recheck` looks at its open connections.
  public init(of node: Node, recheck: @escaping @Sendable () -> Void) {
    self.node = node
    self.recheck = recheck
  }

  /// Looks until the task is cancelled.
  public func run() async {
    var seen: String?
    while !Task.isCancelled {
      // Where the ledger cannot be read now, each connection's own tick still asks.
      if let version = try? await node.ledger.read({ try $0.rightsVersion() }), version != seen {
        if seen != nil { recheck() }
        seen = version
      }
      try? await Task.sleep(for: .milliseconds(RightsWatch.pollMilliseconds))
    }
  }
}

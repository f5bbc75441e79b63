/// How a ledger is opened.
public struct LedgerOptions: Sendable {
  /// Who opens it.
  public enum Owner: Sendable {
    /// The node: alone. A second node on the same file is refused.
    case node
    /// xiecha-admin: beside a running node, whose writes it waits for.
    case administration
  }

  /// Who opens it.
  public var owner: Owner
  /// Requests that share one transaction, at most.
  public var batchRequests: Int
  /// Requests that wait for the writer, at most.
  public var queuedRequests: Int
  /// The largest size of the file in pages of 4 KiB; nil: until the disk is full.
  public var maximumPages: Int?
  /// How long to wait for another process that writes, in seconds.
  public var lockWaitSeconds: Double

  /// The options, at their defaults from ``LedgerLimits``.
  public init(
    owner: Owner = .node,
    batchRequests: Int = LedgerLimits.batchRequests,
    queuedRequests: Int = LedgerLimits.queuedRequests,
    maximumPages: Int? = nil,
    lockWaitSeconds: Double = LedgerLimits.lockWaitSeconds
  ) {
    self.owner = owner
    self.batchRequests = max(1, batchRequests)
    self.queuedRequests = max(1, queuedRequests)
    self.maximumPages = maximumPages
    self.lockWaitSeconds = lockWaitSeconds
  }
}

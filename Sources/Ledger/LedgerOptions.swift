/// How a ledger is opened.
public struct LedgerOptions: Sendable {
  /// Who opens it.
  public enum Owner: Sendable {
    /// The node: alone. A second node on the same file is refused.
    case node
    /// xiecha-admin: beside a running node, whose writes it waits for.
    case administration
  }

  /// Who makes the writer go on.
  public enum Stepping: Sendable {
    /// It does so by itself, on a thread of its own.
    case byItself
    /// ``Ledger/step()`` does; reading takes place on the caller's thread too, so that one thread
    /// decides the order of everything.
    case byHand
  }

  /// Who opens it.
  public var owner: Owner
  /// Who makes the writer go on.
  public var stepping: Stepping
  /// Requests that share one transaction, at most.
  public var batchRequests: Int
  /// Requests that wait for the writer, at most.
  public var queuedRequests: Int
  /// The largest size of the ledger in bytes; nil: until the disk is full.
  public var maximumBytes: Int?
  /// Where the store's key is, where the ledger is sealed and its keys name another place.
  public var storeKeyFile: String?
  /// How long to wait for another process that writes, in seconds.
  public var lockWaitSeconds: Double
  /// Told how far a ledger of an older program has been brought up to date; on any thread.
  public var updating: @Sendable (LedgerUpdate) -> Void

  /// The options, at their defaults from ``LedgerLimits``.
  public init(
    owner: Owner = .node,
    stepping: Stepping = .byItself,
    batchRequests: Int = LedgerLimits.batchRequests,
    queuedRequests: Int = LedgerLimits.queuedRequests,
    maximumBytes: Int? = nil,
    storeKeyFile: String? = nil,
    lockWaitSeconds: Double = LedgerLimits.lockWaitSeconds,
    updating: @escaping @Sendable (LedgerUpdate) -> Void = { _ in }
  ) {
    self.owner = owner
    self.stepping = stepping
    self.batchRequests = max(1, batchRequests)
    self.queuedRequests = max(1, queuedRequests)
    self.maximumBytes = maximumBytes
    self.storeKeyFile = storeKeyFile
    self.lockWaitSeconds = lockWaitSeconds
    self.updating = updating
  }
}

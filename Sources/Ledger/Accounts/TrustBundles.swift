/// Whom the network believes from a time on, as its authority has signed it.
public struct StoredTrust: Sendable, Hashable {
  /// Grows by one with each; 1 is the first.
  public var number: Int64
  /// The signed bundle, opaque here.
  public var bundle: [UInt8]
  /// When it came: milliseconds since 1970.
  public var at: Int64
  /// When this node began to go by it: milliseconds since 1970; 0: not yet.
  public var applied: Int64 = 0

  /// A bundle that came at a time in milliseconds since 1970.
  public init(number: Int64, bundle: [UInt8], at time: Int64) {
    self.number = number
    self.bundle = bundle
    at = time
  }
}

/// How it lies in its row.
private enum TrustTable {
  static let columns = Columns(
    .trustBundle, readingFrom: StoredTrust(number: 0, bundle: [], at: 0),
    [
      Column("number", \.number), Column("bundle", \.bundle), Column("at", \.at),
      Column("applied", \.applied),
    ])

  static func trust(_ row: any EngineRow) throws -> StoredTrust { try columns.record(row) }
}

extension Statement {
  static let latestTrust = Statement(
    "the latest trust of the network",
    "SELECT \(TrustTable.columns.selected) FROM trust_bundle ORDER BY number DESC LIMIT 1")
  static let trustBehind = Statement(
    "the trust of the network behind another",
    """
    SELECT \(TrustTable.columns.selected) FROM trust_bundle WHERE number > ?
    ORDER BY number LIMIT 1
    """)
  static let waitingTrust = Statement(
    "the trusts of the network that the node does not go by yet",
    """
    SELECT \(TrustTable.columns.selected) FROM trust_bundle WHERE applied = 0
    ORDER BY number LIMIT ?
    """)
  static let trustInForce = Statement(
    "the trust of the network that the node goes by",
    """
    SELECT \(TrustTable.columns.selected) FROM trust_bundle WHERE applied > 0
    ORDER BY number DESC LIMIT 1
    """)
  static let keepTrust = Statement(
    "keep the trust of the network", "\(TrustTable.columns.insert()) ON CONFLICT DO NOTHING")
  static let applyTrust = Statement(
    "note that the node goes by a trust",
    "UPDATE trust_bundle SET applied = ? WHERE number <= ? AND applied = 0")
}

extension LedgerReader {
  /// The latest trust of the network that is known here; nil: none was ever published.
  public func latestTrust() throws -> StoredTrust? { try row(.latestTrust, [], TrustTable.trust) }

  /// The trust that this node goes by; nil: only what its files have always said.
  public func trustInForce() throws -> StoredTrust? { try row(.trustInForce, [], TrustTable.trust) }

  /// The first trust behind a number; nil: there is none.
  public func trust(after number: Int64) throws -> StoredTrust? {
    try row(.trustBehind, [.integer(number)], TrustTable.trust)
  }

  /// Those that this node does not go by yet, the oldest first.
  public func waitingTrust(limit: Int = LedgerLimits.pageRows) throws -> [StoredTrust] {
    try rows(.waitingTrust, [.integer(Self.page(limit))], TrustTable.trust)
  }
}

extension LedgerTransaction {
  /// Keeps a trust of the network; known already, nothing changes.
  public func keep(_ trust: StoredTrust) throws {
    try put(.keepTrust, TrustTable.columns.values(of: trust))
  }

  /// This node goes by a trust from a time on, in milliseconds since 1970; it never will by those
  /// before it.
  public func applied(_ number: Int64, at time: Int64) throws {
    try put(.applyTrust, [.integer(time), .integer(number)])
  }
}

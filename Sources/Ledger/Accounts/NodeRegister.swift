/// A node in the province's register (S2.3).
public struct RegisteredNode: Sendable, Hashable {
  /// The division it serves.
  public var division: String
  /// Its name, for people.
  public var name: String
  /// SHA-256 of its certificate; empty: any of its division that the network vouches for.
  public var fingerprint: [UInt8]
  /// SHA-256 of the certificate that it is to use next: taken beside the other until it was used once;
  /// empty: none.
  public var coming: [UInt8] = []
  /// It may connect.
  public var isEnabled: Bool
  /// When it was registered: milliseconds since 1970.
  public var registered: Int64
  /// When it was connected last; 0: never.
  public var lastSeen: Int64 = 0
  /// The number of the trust that it goes by, as it has told; 0: not told.
  public var trust: Int64 = 0

  /// A node to register.
  public init(
    division: String, name: String, fingerprint: [UInt8], isEnabled: Bool = true, registered: Int64
  ) {
    self.division = division
    self.name = name
    self.fingerprint = fingerprint
    self.isEnabled = isEnabled
    self.registered = registered
  }

  /// Whether it may sign in with a certificate of this fingerprint.
  public func takes(_ certificate: [UInt8]) -> Bool {
    fingerprint.isEmpty || certificate == fingerprint || !coming.isEmpty && certificate == coming
  }
}

/// How it lies in its row.
private enum NodeTable {
  private static let blank = RegisteredNode(
    division: "", name: "", fingerprint: [], registered: 0)
  static let registered = Columns(
    .node, readingFrom: blank,
    [
      Column("division", \.division), Column("name", \.name),
      Column("fingerprint", \.fingerprint), Column("enabled", \.isEnabled),
      Column("registered", \.registered), Column("coming", \.coming),
    ])

  static let selected = "\(registered.selected), node.last_seen, node.trust"

  static func node(_ row: any EngineRow) throws -> RegisteredNode {
    var node = try registered.record(row)
    node.lastSeen = row.int64(registered.count)
    node.trust = row.int64(registered.count + 1)
    return node
  }
}

extension Statement {
  static let node = Statement(
    "the node of a division", "SELECT \(NodeTable.selected) FROM node WHERE division = ?")
  static let nodes = Statement(
    "the nodes behind a division",
    "SELECT \(NodeTable.selected) FROM node WHERE division > ? ORDER BY division LIMIT ?")
  static let registerNode = Statement(
    "register a node",
    """
    \(NodeTable.registered.insert())
    ON CONFLICT (division) DO UPDATE SET name = excluded.name,
      fingerprint = excluded.fingerprint, enabled = excluded.enabled, coming = excluded.coming
    """)
  static let adoptCertificate = Statement(
    "let a node's coming certificate count alone",
    "UPDATE node SET fingerprint = coming, coming = x'' WHERE division = ? AND coming = ?")
  static let offerCertificate = Statement(
    "let a node's coming certificate count beside the one that it has",
    "UPDATE node SET coming = ? WHERE division = ?")
  static let recordTrust = Statement(
    "note which trust a node goes by",
    "UPDATE node SET trust = ?1 WHERE division = ?2 AND trust <> ?1")
  static let enableNode = Statement(
    "let a node connect or no longer", "UPDATE node SET enabled = ? WHERE division = ?")
  static let recordSeen = Statement(
    "note that a node is connected",
    "UPDATE node SET last_seen = ?1 WHERE division = ?2 AND last_seen < ?1")
}

extension LedgerReader {
  /// The node of a division.
  public func node(_ division: String) throws -> RegisteredNode? {
    try row(.node, [.text(division)], NodeTable.node)
  }

  /// The nodes, by division; at most `limit` after `division`.
  public func nodes(
    after division: String = "", limit: Int = LedgerLimits.pageRows
  ) throws -> [RegisteredNode] {
    try rows(.nodes, [.text(division), .integer(Self.page(limit))], NodeTable.node)
  }

  /// A word that is another one whenever a node was added.
  public func registerVersion() throws -> String {
    try value(of: .nodes) ?? ""
  }
}

extension LedgerTransaction {
  /// Registers a node, or gives a registered one its new certificate and name.
  public func register(_ node: RegisteredNode) throws {
    try put(.registerNode, NodeTable.registered.values(of: node))
  }

  /// Lets a node connect, or no longer.
  public func setNode(_ division: String, enabled: Bool) throws {
    guard try change(.enableNode, [.flag(enabled), .text(division)]) == 1 else {
      throw LedgerFailure(.unknown, "no node of \(division) is registered; register it first")
    }
  }

  /// A node has used a certificate: if it is the one that was to come, it counts alone from now on.
  ///
  /// - Returns: whether it is.
  public func adoptCertificate(_ fingerprint: [UInt8], of division: String) throws -> Bool {
    if fingerprint.isEmpty { return false }
    return try change(.adoptCertificate, [.text(division), .blob(fingerprint)]) == 1
  }

  /// Takes a certificate beside the one that a node is registered with; none with an empty one.
  public func offerCertificate(_ fingerprint: [UInt8], of division: String) throws {
    guard try change(.offerCertificate, [.blob(fingerprint), .text(division)]) == 1 else {
      throw LedgerFailure(.unknown, "no node of \(division) is registered; register it first")
    }
  }

  /// Notes the number of the trust that a node goes by.
  ///
  /// - Returns: false where that was known.
  @discardableResult
  public func recordTrust(_ number: Int64, of division: String) throws -> Bool {
    try change(.recordTrust, [.integer(number), .text(division)]) == 1
  }

  /// Notes that a node is connected.
  ///
  /// An unregistered one is nothing to note.
  public func recordSeen(_ division: String, at time: Int64) throws {
    try put(.recordSeen, [.integer(time), .text(division)])
  }
}

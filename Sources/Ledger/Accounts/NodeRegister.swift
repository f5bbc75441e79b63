/// A node in the province's register (S2.3).
public struct RegisteredNode: Sendable, Hashable {
  /// The division it serves.
  public var division: String
  /// Its name, for people.
  public var name: String
  /// SHA-256 of its certificate.
  public var fingerprint: [UInt8]
  /// It may connect.
  public var isEnabled: Bool
  /// When it was registered: milliseconds since 1970.
  public var registered: Int64
  /// When it was connected last; 0: never.
  public var lastSeen: Int64 = 0

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
}

extension LedgerReader {
  private static let nodeColumns = "division, name, fingerprint, enabled, registered, last_seen"

  /// The node of a division.
  public func node(_ division: String) throws -> RegisteredNode? {
    try row(
      "SELECT \(Self.nodeColumns) FROM node WHERE division = ?", [.text(division)], Self.node)
  }

  /// The nodes, by division; at most `limit` after `division`.
  public func nodes(
    after division: String = "", limit: Int = LedgerLimits.pageRows
  ) throws -> [RegisteredNode] {
    try rows(
      "SELECT \(Self.nodeColumns) FROM node WHERE division > ? ORDER BY division LIMIT ?",
      [.text(division), .integer(Self.page(limit))], Self.node)
  }

  private static let register = HotSQL("SELECT value FROM setting WHERE name = 'nodes'")

  /// A word that is another one whenever a node was added.
  public func registerVersion() throws -> String {
    try row(Self.register, []) { $0.text(0) } ?? ""
  }

  private static func node(_ row: SQLRow) -> RegisteredNode {
    var node = RegisteredNode(
      division: row.text(0), name: row.text(1), fingerprint: row.blob(2), isEnabled: row.flag(3),
      registered: row.int64(4))
    node.lastSeen = row.int64(5)
    return node
  }
}

extension LedgerTransaction {
  /// Registers a node, or gives a registered one its new certificate and name.
  public func register(_ node: RegisteredNode) throws {
    try execute(
      """
      INSERT INTO node (division, name, fingerprint, enabled, registered) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (division) DO UPDATE SET name = excluded.name,
        fingerprint = excluded.fingerprint, enabled = excluded.enabled
      """,
      [
        .text(node.division), .text(node.name), .blob(node.fingerprint), .flag(node.isEnabled),
        .integer(node.registered),
      ])
  }

  /// Lets a node connect, or no longer.
  public func setNode(_ division: String, enabled: Bool) throws {
    let changed = try execute(
      "UPDATE node SET enabled = ? WHERE division = ?", [.flag(enabled), .text(division)])
    guard changed == 1 else {
      throw LedgerFailure(.unknown, "no node of \(division) is registered; register it first")
    }
  }

  /// Notes that a node is connected.
  ///
  /// An unregistered one is nothing to note.
  public func recordSeen(_ division: String, at time: Int64) throws {
    try execute(
      "UPDATE node SET last_seen = max(last_seen, ?) WHERE division = ?",
      [.integer(time), .text(division)])
  }
}

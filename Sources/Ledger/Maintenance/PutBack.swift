/// That a ledger was put back from a copy, and what is still to be heard of what it has lost.
public struct PutBack: Sendable, Hashable {
  /// When it was put back: milliseconds since 1970.
  public var at: Int64
  /// When the copy was made, in milliseconds since 1970; 0: nobody knows.
  public var copied: Int64
  /// The neighbours that have not told everything yet, by division; empty: all have.
  public var awaited: [String]

  /// What is known of it.
  public init(at: Int64, copied: Int64, awaited: [String]) {
    self.at = at
    self.copied = copied
    self.awaited = awaited
  }

  var text: String { "\(at) \(copied)" }

  init?(_ text: String, awaited: [String]) {
    let parts = text.split(separator: " ").compactMap { Int64($0) }
    guard parts.count == 2 else { return nil }
    self.init(at: parts[0], copied: parts[1], awaited: awaited)
  }
}

extension Statement {
  static let awaited = Statement(
    "the neighbours that have not told everything", "SELECT division FROM awaited ORDER BY division"
  )
  static let awaitNobody = Statement("wait for no neighbour", "DELETE FROM awaited")
  static let awaitNeighbours = Statement(
    "wait for all neighbours that may connect",
    """
    INSERT INTO awaited (division)
    SELECT division FROM outbox_peer UNION SELECT peer FROM inbox
    EXCEPT SELECT division FROM node WHERE enabled = ?
    EXCEPT SELECT division FROM awaited
    """)
  static let awaitNeighbour = Statement(
    "wait for a neighbour", "INSERT INTO awaited (division) VALUES (?) ON CONFLICT DO NOTHING")
  static let hasTold = Statement(
    "note that a neighbour has told everything", "DELETE FROM awaited WHERE division = ?")
  static let revokeAllSessions = Statement(
    "end everybody's sessions", "UPDATE session SET revoked = ?1 WHERE revoked = 0 AND expires > ?1"
  )
}

extension LedgerReader {
  /// That the ledger was put back from a copy; nil: it never was.
  public func putBack() throws -> PutBack? {
    guard let text = try value(of: .putBack) else { return nil }
    return PutBack(text, awaited: try awaited())
  }

  /// The neighbours that have not told everything since the ledger was put back, by division.
  public func awaited() throws -> [String] { try rows(.awaited) { $0.text(0) } }
}

extension LedgerTransaction {
  /// Makes a store of its own of what was a copy.
  ///
  /// - The outboxes get another identity: what the original gave out after the copy is unknown here,
  ///   so the neighbours take it for a new store and tell it everything.
  /// - Until they have, they are awaited: all that this ledger ever had a link with, but nodes that
  ///   are switched off.
  /// - Sessions end: which of them had been ended since the copy, nobody knows.
  ///
  /// - Parameters:
  ///   - copied: When the copy was made, in milliseconds since 1970; 0: nobody knows.
  ///   - time: Now, in milliseconds since 1970.
  /// - Returns: How many sessions were open.
  /// - Throws: why the ledger could not keep it.
  @discardableResult
  public func putBack(from copied: Int64, at time: Int64) throws -> Int {
    try renewOutboxIdentity()
    try put(.awaitNeighbours, [.flag(false)])
    try keep(.putBack, PutBack(at: time, copied: copied, awaited: []).text)
    return try change(.revokeAllSessions, [.integer(time)])
  }

  /// Waits for a neighbour that an empty ledger has had no link with.
  public func await(_ peer: String) throws { try put(.awaitNeighbour, [.text(peer)]) }

  /// A neighbour has told this store everything that it holds.
  ///
  /// - Returns: whether it was awaited.
  @discardableResult
  public func hasTold(_ peer: String) throws -> Bool {
    try change(.hasTold, [.text(peer)]) > 0
  }

  /// Waits for nobody any more: an administrator lets the node go on.
  public func awaitNobody() throws { try put(.awaitNobody) }
}

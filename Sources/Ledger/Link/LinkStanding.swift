internal import Credentials

/// How a link with a neighbour stands, for whoever looks after the node.
public struct LinkStanding: Sendable, Hashable {
  /// The neighbour.
  public var peer: String
  /// Events that it has still to take.
  public var waiting: UInt64 = 0
  /// Whether its store is being told everything.
  public var isCaughtUp = true
  /// What this node has set aside of its events.
  public var setAside = 0
  /// What an administrator has put away of that.
  public var dismissed = 0
  /// What it has set aside of this node's events.
  public var objections = 0
  /// Whether this ledger was put back and waits for what it tells.
  public var isAwaited = false
  /// Whether an administrator has switched it off: what is for it waits, and its due dates are named as
  /// held up (S10.4).
  public var isStopped = false
  /// When it was connected last, of a node that is registered here: milliseconds since 1970; 0: never.
  public var lastSeen: Int64 = 0
  /// What it told when the link opened last; nil: it never did.
  public var met: NeighbourHello?
  /// How many pages of its log are remembered here.
  public var logPages = 0
  /// The root of its log with them, 32 bytes.
  public var logRoot: [UInt8] = []
  /// A head that it has told here once and does not stand by any more.
  public var other: StrangeHead?
  /// A head of this node's log that it remembers and that is not its past.
  public var mine: StrangeHead?

  init(peer: String) { self.peer = peer }
}

/// What a neighbour tells of itself when a link opens.
public struct NeighbourHello: Sendable, Hashable {
  /// When, by this node's clock: milliseconds since 1970.
  public var at: Int64
  /// How far its clock was ahead of this node's, in milliseconds; behind below 0.
  public var ahead: Int64
  /// The version of its program; empty: it did not say.
  public var program: String

  /// How far two clocks may differ, in milliseconds, before somebody is to set one.
  private static let clockDifferenceMilliseconds: Int64 = 2000

  /// Whether one of the two clocks is to be set.
  public var isClockWrong: Bool {
    abs(ahead) > NeighbourHello.clockDifferenceMilliseconds
  }

  /// A hello of its parts.
  public init(at: Int64, ahead: Int64, program: String) {
    (self.at, self.ahead, self.program) = (at, ahead, program)
  }
}

extension Statement {
  static let outboxStandings = Statement(
    "how all outboxes stand",
    """
    SELECT division, last - acknowledged, catch_up, met, ahead, program FROM outbox_peer
    ORDER BY division
    """)
  static let noteHello = Statement(
    "note what a neighbour tells of itself",
    "UPDATE outbox_peer SET met = ?, ahead = ?, program = ? WHERE division = ?")
  static let quarantineCounts = Statement(
    "how much is set aside of each peer",
    """
    SELECT peer, count(*), count(CASE WHEN dismissed > 0 THEN 1 END) FROM quarantine GROUP BY peer
    """)
  static let objectionCounts = Statement(
    "how many objections each peer has", "SELECT peer, count(*) FROM objection GROUP BY peer")
}

extension LedgerReader {
  /// How the links stand with every neighbour that this ledger knows, by division.
  public func linkStandings() throws -> [LinkStanding] {
    var standings: [String: LinkStanding] = [:]
    func change(_ peer: String, _ set: (inout LinkStanding) -> Void) {
      set(&standings[peer, default: LinkStanding(peer: peer)])
    }
    try forEachRow(.outboxStandings) { row in
      change(row.text(0)) {
        $0.waiting = UInt64(clamping: row.int64(1))
        $0.isCaughtUp = row.isNull(2)
        guard row.int64(3) > 0 else { return }
        $0.met = NeighbourHello(at: row.int64(3), ahead: row.int64(4), program: row.text(5))
      }
    }
    try forEachRow(.quarantineCounts) { row in
      change(row.text(0)) {
        $0.dismissed = row.int(2)
        $0.setAside = row.int(1) - row.int(2)
      }
    }
    try forEachRow(.objectionCounts) { row in change(row.text(0)) { $0.objections = row.int(1) } }
    for neighbour in try neighbourLogs() {
      change(neighbour.division) {
        $0.logPages = neighbour.log.count
        $0.logRoot = neighbour.log.root
        $0.other = neighbour.other
        $0.mine = neighbour.mine
      }
    }
    for peer in try awaited() { change(peer) { $0.isAwaited = true } }
    var nodes = try self.nodes()
    while let last = nodes.last {
      for node in nodes {
        change(node.division) {
          $0.lastSeen = node.lastSeen
          $0.isStopped = !node.isEnabled
        }
      }
      nodes = try self.nodes(after: last.division)
    }
    return standings.values.sorted { $0.peer < $1.peer }
  }
}

extension LedgerTransaction {
  /// Notes what a neighbour tells of itself; it is known by then (``meet(_:store:inboxOf:)``).
  public func note(_ hello: NeighbourHello, of peer: String) throws {
    try put(
      .noteHello,
      [.integer(hello.at), .integer(hello.ahead), .text(hello.program), .text(peer)])
  }
}

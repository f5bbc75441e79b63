public import Credentials

/// A head of a log that is no part of it any more, as far as can be seen from here.
public struct StrangeHead: Hashable, Sendable {
  /// How many pages the log had.
  public var pages: Int64
  /// Its root with them.
  public var root: [UInt8]
  /// Since when that is known: milliseconds since 1970.
  public var since: Int64

  /// A head.
  public init(pages: Int64, root: [UInt8], since: Int64) {
    self.pages = pages
    self.root = root
    self.since = since
  }
}

/// What this node remembers of a neighbour's log, and where the two memories differ.
public struct NeighbourLog: Hashable, Sendable {
  /// The neighbour.
  public var division: String
  /// Its log, as far as it has told and signed.
  public var log = GrowingHashTree()
  /// When the last page was written, by the neighbour's clock: milliseconds since 1970.
  public var at: Int64 = 0
  /// A head that it has told here once and does not stand by any more; nil: it stands by all.
  public var other: StrangeHead?
  /// A head of this node's log that the neighbour remembers and that is not its past; nil: there is
  /// none.
  public var mine: StrangeHead?

  /// Nothing remembered yet.
  public init(of division: String) { self.division = division }
}

extension Statement {
  private static let neighbourLogColumns = """
    division, pages, peaks, at, other_pages, other_root, other_since, mine_pages, mine_root, mine_since
    """
  static let neighbourLog = Statement(
    "what is remembered of a neighbour's log",
    "SELECT \(neighbourLogColumns) FROM neighbour_log WHERE division = ?")
  static let neighbourLogs = Statement(
    "what is remembered of the neighbours' logs",
    "SELECT \(neighbourLogColumns) FROM neighbour_log ORDER BY division")
  static let keepNeighbourLog = Statement(
    "remember a neighbour's log",
    """
    INSERT INTO neighbour_log (\(neighbourLogColumns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
    ON CONFLICT (division) DO UPDATE SET pages = ?2, peaks = ?3, at = ?4, other_pages = ?5,
      other_root = ?6, other_since = ?7, mine_pages = ?8, mine_root = ?9, mine_since = ?10
    """)
}

extension LedgerReader {
  /// What is remembered of a neighbour's log.
  public func neighbourLog(of division: String) throws -> NeighbourLog {
    try row(.neighbourLog, [.text(division)], NeighbourLog.init) ?? NeighbourLog(of: division)
  }

  /// What is remembered of all neighbours' logs, by division.
  public func neighbourLogs() throws -> [NeighbourLog] {
    try rows(.neighbourLogs, [], NeighbourLog.init)
  }
}

extension LedgerTransaction {
  /// Remembers a neighbour's log.
  public func keep(_ neighbour: NeighbourLog) throws {
    func values(_ head: StrangeHead?) -> [StoredValue] {
      [.integer(head?.pages ?? 0), .blob(head?.root ?? []), .integer(head?.since ?? 0)]
    }
    try put(
      .keepNeighbourLog,
      [
        .text(neighbour.division), .integer(neighbour.log.count),
        .blob(neighbour.log.peaks.flatMap(\.self)), .integer(neighbour.at),
      ] + values(neighbour.other) + values(neighbour.mine))
  }
}

extension NeighbourLog {
  fileprivate init(_ row: any EngineRow) throws {
    self.init(of: row.text(0))
    guard
      let log = GrowingHashTree(
        count: row.int(1), peaks: LogTable.hashes(in: row.blob(2)) ?? [])
    else {
      throw LedgerFailure(
        .corrupt, "what is remembered of the log of \(division) is damaged; restore the last backup"
      )
    }
    self.log = log
    at = row.int64(3)
    other = StrangeHead(row, at: 4)
    mine = StrangeHead(row, at: 7)
  }
}

extension StrangeHead {
  fileprivate init?(_ row: any EngineRow, at place: Int) {
    guard row.int64(place + 2) > 0 else { return nil }
    self.init(
      pages: row.int64(place), root: row.blob(place + 1), since: row.int64(place + 2))
  }
}

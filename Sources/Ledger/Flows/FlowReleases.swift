public import ExchangeRules

/// Flow tables of a period, as they were published (S13.1); they never change.
public struct StoredFlowRelease: Sendable, Hashable {
  /// The first day, yyyymmdd.
  public var first: Int32
  /// The last day, yyyymmdd.
  public var last: Int32
  /// The divisions by which origins and destinations are shown.
  public var level: DivisionLevel
  /// When they were published: milliseconds since 1970.
  public var at: Int64
  /// Who published them.
  public var actor: LedgerActor
  /// The tables, as the protocol encodes them.
  public var body: [UInt8]

  /// A release.
  public init(_ release: FlowRelease, at: Int64, actor: LedgerActor, body: [UInt8]) {
    (first, last, level) = (release.first.yyyymmdd, release.last.yyyymmdd, release.level)
    self.at = at
    self.actor = actor
    self.body = body
  }

  /// Its period; nil for days that are none.
  public var release: FlowRelease? {
    guard let first = CivilDate(yyyymmdd: first), let last = CivilDate(yyyymmdd: last) else {
      return nil
    }
    return FlowRelease(first: first, last: last, level: level)
  }
}

private enum FlowReleaseTable {
  static let columns = Columns(
    .flowRelease,
    readingFrom: StoredFlowRelease(
      first: 0, last: 0, level: .county, at: 0, actor: .blank, body: []),
    [
      Column("first", \.first), Column("last", \.last), Column("level", number: \.level),
      Column("at", \.at),
    ] + Column.actor(\.actor) + [Column("body", \.body)])
}

extension StoredFlowRelease {
  fileprivate init(
    first: Int32, last: Int32, level: DivisionLevel, at: Int64, actor: LedgerActor, body: [UInt8]
  ) {
    self.first = first
    self.last = last
    self.level = level
    self.at = at
    self.actor = actor
    self.body = body
  }
}

extension Statement {
  static let flowReleases = Statement(
    "the published flows behind a day",
    """
    SELECT \(FlowReleaseTable.columns.selected) FROM flow_release WHERE first > ?
    ORDER BY first LIMIT ?
    """)
  /// Periods share no day, so the one that begins last before a day's end is the only one there.
  static let flowReleaseBefore = Statement(
    "the published flows that begin last before a day",
    """
    SELECT \(FlowReleaseTable.columns.selected) FROM flow_release WHERE first <= ?
    ORDER BY first DESC LIMIT 1
    """)
  static let insertFlowRelease = Statement(
    "publish flows", FlowReleaseTable.columns.insert())
}

extension LedgerReader {
  /// The published flows, by their periods; at most `limit` that begin after `day` (yyyymmdd).
  public func flowReleases(
    after day: Int32 = 0, limit: Int = LedgerLimits.pageRows
  ) throws -> [StoredFlowRelease] {
    try rows(.flowReleases, [.integer(day), .integer(Self.page(limit))]) {
      try FlowReleaseTable.columns.record($0)
    }
  }

  /// The published flows of a period that shares a day with this one; nil: there are none.
  public func flowRelease(beside release: FlowRelease) throws -> StoredFlowRelease? {
    let found = try row(.flowReleaseBefore, [.integer(release.last.yyyymmdd)]) {
      try FlowReleaseTable.columns.record($0)
    }
    return found.flatMap { $0.last >= release.first.yyyymmdd ? $0 : nil }
  }
}

extension LedgerTransaction {
  /// Publishes flows.
  ///
  /// - Throws: ``LedgerFailure/Reason/conflict`` where a published period shares a day with theirs.
  public func publish(_ flows: StoredFlowRelease) throws {
    guard flows.body.count <= LedgerLimits.bodyBytes else {
      throw LedgerFailure(
        .invalid, "flow tables of \(flows.body.count) bytes are over the \(LedgerLimits.bodyBytes)")
    }
    guard let release = flows.release, try flowRelease(beside: release) == nil else {
      throw LedgerFailure(.conflict, "a published period shares a day with this one")
    }
    try put(.insertFlowRelease, FlowReleaseTable.columns.values(of: flows))
  }
}

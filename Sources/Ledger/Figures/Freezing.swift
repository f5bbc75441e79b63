public import ExchangeRules

extension Statement {
  static let figureVersions = Statement(
    "the frozen figures of counties in a cycle",
    """
    SELECT \(FrozenRow.columns.selected) FROM figure_version
    WHERE cycle = ? AND county BETWEEN ? AND ? ORDER BY county, version
    """)
  static let insertFigureVersion = Statement(
    "freeze the figures of a county", FrozenRow.columns.insert())
  static let figureCycles = Statement(
    "the cycles in which anything counted",
    """
    WITH RECURSIVE \(FigureTable.months)
    SELECT cycle FROM months WHERE cycle IS NOT NULL
    """)
}

extension LedgerReader {
  /// The frozen figures of a cycle, of the counties whose codes begin with these digits: by county, the
  /// oldest version first.
  public func frozenFigures(
    of cycle: SubmissionCycle, within digits: String
  ) throws -> [FrozenFigures] {
    try rows(
      .figureVersions,
      [.integer(cycle.month.yyyymm), .text(digits), .text(digits + ":")]
    ) { try FrozenRow.columns.record($0).figures(of: cycle) }.compactMap(\.self)
  }

  /// The cycles in which anything was ever counted, in order.
  public func countedCycles() throws -> [SubmissionCycle] {
    try rows(.figureCycles) { row in
      CycleMonth(year: row.int(0) / 100, month: row.int(0) % 100).map(SubmissionCycle.init)
    }.compactMap(\.self)
  }
}

extension LedgerTransaction {
  /// Freezes the figures of a closed cycle: of each county, where they are not those of its last
  /// version.
  ///
  /// - Parameters:
  ///   - cycle: The cycle.
  ///   - digits: What the codes of the counties begin with.
  ///   - time: Now, in milliseconds since 1970.
  /// - Returns: What is frozen now and was not before.
  /// - Throws: What is wrong with the ledger.
  @discardableResult
  public func freezeFigures(
    of cycle: SubmissionCycle, within digits: String, at time: Int64
  ) throws -> [FrozenFigures] {
    let closing = cycle.receiptCycle.last
    let figures = try figures(of: cycle, at: .county, within: digits, asOf: closing)
    let known = Dictionary(
      try frozenFigures(of: cycle, within: digits).map { ($0.county, $0) }
    ) { _, later in later }
    var made: [FrozenFigures] = []
    for county in try countedDivisions(at: .county, within: digits).sorted() {
      let last = known[county]
      let frozen = FrozenFigures(
        county: county, version: (last?.version ?? 0) + 1, frozen: time,
        rules: CycleFigures.rules, digest: try digest(of: county, in: cycle, asOf: closing),
        figures: figures[county] ?? CycleFigures(cycle, asOf: closing))
      if let last, last.digest == frozen.digest, last.rules == frozen.rules,
        last.figures == frozen.figures
      {
        continue
      }
      try put(.insertFigureVersion, FrozenRow.columns.values(of: FrozenRow(frozen)))
      made.append(frozen)
    }
    return made
  }

  private func digest(
    of county: DivisionCode, in cycle: SubmissionCycle, asOf day: CivilDate
  ) throws -> [UInt8] {
    var digest = FigureDigest()
    for side in CountedSide.allCases {
      var place: CountedPlace? = .start
      while let after = place {
        let page = try countedItems(of: county, side, in: cycle, after: after)
        for item in page.items {
          guard let counted = item.counted, counted.submitted <= day else { continue }
          switch side {
          case .asking: digest.add(item.id, [.submitted])
          case .asked: digest.add(item.id, counted.measures(asOf: day))
          }
        }
        place = page.next
      }
    }
    return digest.bytes
  }
}

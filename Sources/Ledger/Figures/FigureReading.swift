public import ExchangeRules

extension Statement {
  static let figures = Statement(
    "the counts of places in a cycle",
    """
    SELECT \(FigureTable.columns.selected) FROM figure
    WHERE cycle = ? AND whole_county = ? AND place BETWEEN ? AND ? ORDER BY place, day
    """)
  /// From cycle to cycle and from place to place, without the days between.
  static let figurePlaces = Statement(
    "the places that counted in any cycle",
    """
    WITH RECURSIVE \(FigureTable.months), places (cycle, place) AS (
      SELECT cycle, (
        SELECT min(place) FROM figure
        WHERE cycle = months.cycle AND whole_county = ?1 AND place BETWEEN ?2 AND ?3
      ) FROM months WHERE cycle IS NOT NULL
      UNION ALL
      SELECT places.cycle, (
        SELECT min(place) FROM figure
        WHERE cycle = places.cycle AND whole_county = ?1 AND place > places.place AND place <= ?3
      ) FROM places WHERE place IS NOT NULL
    )
    SELECT DISTINCT place FROM places WHERE place IS NOT NULL
    """)
  /// Without `submitted > 0` the engine does not see that its index has all of them.
  static let countedItems = StatementFamily<CountedSide> { side in
    Statement(
      "the items that a county's figures count",
      """
      SELECT \(ItemTable.selected) FROM item
      WHERE \(side.column) = ? AND submitted > 0 AND submitted BETWEEN ? AND ?
        AND (submitted, number) > (?, ?)
      ORDER BY submitted, number LIMIT ?
      """)
  }
}

/// On which side of an exchange a division's items are looked for.
public enum CountedSide: Sendable, Hashable, CaseIterable {
  /// What it asked others.
  case asking
  /// What others asked of it.
  case asked

  var column: String { self == .asking ? "from_county" : "to_county" }
}

/// A place among a county's items of a cycle: right behind one.
public struct CountedPlace: Sendable, Hashable {
  let submitted: Int32
  let number: Int64

  /// Before the first item.
  public static let start = CountedPlace(submitted: 0, number: 0)
}

extension LedgerReader {
  /// The figures of all divisions of a level within digits, for those of which anything is counted
  /// in the cycle.
  ///
  /// - Parameters:
  ///   - cycle: The cycle.
  ///   - level: The level.
  ///   - digits: What the codes of the divisions begin with.
  ///   - asOf: What happened after this day does not count yet.
  /// - Returns: The figures by division.
  /// - Throws: What is wrong with the ledger.
  public func figures(
    of cycle: SubmissionCycle, at level: DivisionLevel, within digits: String, asOf: CivilDate
  ) throws -> [DivisionCode: CycleFigures] {
    var figures: [DivisionCode: CycleFigures] = [:]
    var place = ""
    var division: DivisionCode?
    let values: [StoredValue] = [
      .integer(cycle.month.yyyymm), .flag(FigureDivision.isOfWholeCounties(level)), .text(digits),
      .text(digits + ":"),
    ]
    try forEachRow(.figures, values) { row in
      let row = try FigureTable.columns.record(row)
      if row.place != place {
        place = row.place
        division = FigureDivision.division(of: place, at: level)
      }
      guard let division, let day = CivilDate(yyyymmdd: row.day) else { return }
      figures[division, default: CycleFigures(cycle, asOf: asOf)].add(row.counts, on: day)
    }
    return figures
  }

  /// The divisions of a level within digits of which anything was ever counted.
  public func countedDivisions(
    at level: DivisionLevel, within digits: String
  ) throws -> Set<DivisionCode> {
    let values: [StoredValue] = [
      .flag(FigureDivision.isOfWholeCounties(level)), .text(digits), .text(digits + ":"),
    ]
    let places = try rows(.figurePlaces, values) { $0.text(0) }
    return Set(places.compactMap { FigureDivision.division(of: $0, at: level) })
  }

  /// The items of a county that the figures of a cycle look at, in the order of their submission.
  ///
  /// - Parameters:
  ///   - county: The county.
  ///   - side: What it asked, or what was asked of it.
  ///   - cycle: The cycle.
  ///   - place: Behind which item.
  ///   - limit: At most so many.
  /// - Returns: The items, and the place behind the last; nil: there are no more.
  /// - Throws: What is wrong with the ledger.
  public func countedItems(
    of county: DivisionCode, _ side: CountedSide, in cycle: SubmissionCycle,
    after place: CountedPlace = .start, limit: Int = LedgerLimits.pageRows
  ) throws -> (items: [StoredItem], next: CountedPlace?) {
    let limit = Self.page(limit)
    var next: CountedPlace?
    let values: [StoredValue] = [
      .text("\(county)"), .integer(cycle.first.yyyymmdd), .integer(cycle.last.yyyymmdd),
      .integer(place.submitted), .integer(place.number), .integer(limit),
    ]
    let items = try rows(Statement.countedItems[side], values) { row in
      let (item, number) = try ItemTable.place(row)
      next = CountedPlace(submitted: item.submitted, number: number)
      return item
    }
    return (items, items.count < limit ? nil : next)
  }
}

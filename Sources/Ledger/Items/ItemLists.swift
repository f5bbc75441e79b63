public import ExchangeRules

extension LedgerReader {
  /// A page of a list: at most `limit` items behind `cursor`, the soonest due first.
  ///
  /// While nothing changes an item's due date, pages read one after the other give it exactly once,
  /// whatever happens to other items meanwhile.
  public func items(
    _ query: ItemQuery, after cursor: ItemCursor? = nil, limit: Int = LedgerLimits.pageRows
  ) throws -> [ListedItem] {
    var (conditions, values) = query.conditions
    if let cursor {
      conditions.append("(due, number) > (?, ?)")
      values += [.integer(cursor.due), .integer(cursor.number)]
    }
    values.append(.integer(Self.page(limit)))
    return try rows(Self.list(conditions), values) { row in
      ListedItem(
        item: try ItemColumns.item(row),
        cursor: ItemCursor(due: row.int32(13), number: row.int64(ItemColumns.number)))
    }
  }

  /// How many items a query finds.
  public func count(_ query: ItemQuery) throws -> Int {
    let (conditions, values) = query.conditions
    return Int(try integer("SELECT count(*) FROM item \(Self.condition(conditions))", values))
  }

  /// How many items of a box are in each state; states without items are absent.
  ///
  /// - Parameters:
  ///   - box: The box.
  ///   - reach: Whose items count; nil: everybody's.
  /// - Returns: The counts by state.
  /// - Throws: What is wrong with the ledger.
  public func countsByState(
    _ box: ItemQuery.Box, within reach: ItemReach? = nil
  ) throws -> [ItemState: Int] {
    let (conditions, values) = ItemQuery(box, reach: reach).conditions
    var counts: [ItemState: Int] = [:]
    try forEachRow(
      "SELECT state, count(*) FROM item \(Self.condition(conditions)) GROUP BY state", values
    ) { row in
      guard let state = ItemState(rawValue: row.int(0)) else { return }
      counts[state] = row.int(1)
    }
    return counts
  }

  /// The split by village (S10.2): for each place under a division that items were given to, how many
  /// are in each state; by place.
  public func split(under division: String) throws -> [SplitLine] {
    var lines: [SplitLine] = []
    try forEachRow(
      """
      SELECT assigned_to, state, count(*) FROM item
      WHERE assigned_to <> '' AND assigned_to >= ? AND assigned_to < ?
      GROUP BY assigned_to, state ORDER BY assigned_to, state
      """, [.text(division), .text(division + ":")]
    ) { row in
      guard let state = ItemState(rawValue: row.int(1)) else { return }
      let place = row.text(0)
      if lines.last?.place != place { lines.append(SplitLine(place: place)) }
      lines[lines.count - 1].counts[state] = row.int(2)
    }
    return lines
  }

  static func list(_ conditions: [String]) -> String {
    """
    SELECT \(ItemColumns.item), number FROM item \(condition(conditions)) \
    ORDER BY due, number LIMIT ?
    """
  }

  private static func condition(_ terms: [String]) -> String {
    terms.isEmpty ? "" : "WHERE " + terms.joined(separator: " AND ")
  }
}

/// One place of the split by village.
public struct SplitLine: Sendable, Hashable {
  /// The township or village.
  public var place: String
  /// How many of the items given to it are in each state.
  public var counts: [ItemState: Int] = [:]
}

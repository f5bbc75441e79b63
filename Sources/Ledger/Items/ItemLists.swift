public import ExchangeRules

/// An item of a list, and the place behind it.
public struct ListedItem: Sendable, Hashable {
  /// The item's columns.
  public var item: StoredItem
  /// Where the list goes on after it.
  public var cursor: ItemCursor
}

extension Statement {
  static let items = StatementFamily<[String]> { conditions in
    Statement(
      "a page of a list",
      """
      SELECT \(ItemTable.selected), item.due FROM item \(condition(conditions))
      ORDER BY due, number LIMIT ?
      """)
  }
  static let itemCount = StatementFamily<[String]> { conditions in
    Statement("how many a list has", "SELECT count(*) FROM item \(condition(conditions))")
  }
  static let itemCounts = StatementFamily<[String]> { conditions in
    Statement(
      "how many are in each state",
      "SELECT state, count(*) FROM item \(condition(conditions)) GROUP BY state")
  }

  private static func condition(_ terms: [String]) -> String {
    terms.isEmpty ? "" : "WHERE " + terms.joined(separator: " AND ")
  }
}

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
      conditions.append(ItemCursor.condition)
      values += [.integer(cursor.day), .integer(cursor.number)]
    }
    values.append(.integer(Self.page(limit)))
    return try rows(Statement.items[conditions], values) { row in
      let (item, number) = try ItemTable.place(row)
      let due = row.int32(ItemTable.columns.count + 1)
      return ListedItem(item: item, cursor: ItemCursor(day: due, number: number))
    }
  }

  /// How many items a query finds.
  public func count(_ query: ItemQuery) throws -> Int {
    let (conditions, values) = query.conditions
    return Int(try integer(Statement.itemCount[conditions], values))
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
    try forEachRow(Statement.itemCounts[conditions], values) { row in
      guard let state = ItemState(rawValue: row.int(0)) else { return }
      counts[state] = row.int(1)
    }
    return counts
  }
}

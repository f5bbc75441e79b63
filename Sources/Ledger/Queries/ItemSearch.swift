extension Statement {
  /// Without `submitted > 0` the engine does not see that its index has all of them.
  static let searchEnd = Statement(
    "where one read of a combined query ends",
    """
    SELECT submitted, number FROM item
    WHERE submitted > 0 AND submitted BETWEEN ? AND ? AND (submitted, number) < (?, ?)
    ORDER BY submitted DESC, number DESC LIMIT 1 OFFSET ?
    """)
  static let search = StatementFamily<ItemConditions.Shape> { shape in
    let way = shape.keys.map { keys in
      let places = repeatElement("?", count: keys).joined(separator: ", ")
      return "subject_key IN (\(places)) AND subject_key <> ''"
    }
    let asked =
      [
        way ?? "submitted > 0 AND (submitted, number) >= (?, ?)", "(submitted, number) < (?, ?)",
        ItemConditions.condition,
      ] + shape.reaches
    return Statement(
      "a page of a combined query",
      """
      SELECT \(ItemTable.selected) FROM item WHERE \(asked.joined(separator: " AND "))
      ORDER BY submitted DESC, number DESC LIMIT ?
      """)
  }
}

/// What one read of a combined query has found.
public struct SearchedItems: Sendable {
  /// Items that meet the conditions, the newest submission first.
  public var items: [ListedItem]
  /// Where the next read goes on; nil: there is nothing more.
  public var next: ItemCursor?
}

extension ItemCursor {
  /// Before the newest submission.
  public static let newest = ItemCursor(day: .max, number: .max)
}

extension LedgerReader {
  /// Looks at the next ``LedgerLimits/searchedRows`` items for those that meet conditions, the newest
  /// submission first.
  ///
  /// Of a period it looks at what was submitted then; of a person at all of hers, also what was not
  /// sent.
  ///
  /// - Parameters:
  ///   - conditions: What is asked.
  ///   - cursor: Behind which item.
  ///   - limit: At most so many.
  /// - Returns: What was found; it may be nothing although there is more behind it.
  /// - Throws: What is wrong with the ledger.
  public func search(
    _ conditions: ItemConditions, after cursor: ItemCursor, limit: Int = LedgerLimits.pageRows
  ) throws -> SearchedItems {
    let limit = Self.page(limit)
    let place: [StoredValue] = [.integer(cursor.day), .integer(cursor.number)]
    var way: [StoredValue]
    var next: ItemCursor?
    if let keys = conditions.subjectKeys {
      way = keys.map(StoredValue.text)
    } else {
      let period: [StoredValue] = [
        .integer(max(conditions.from, 1)), .integer(conditions.through),
      ]
      let last = StoredValue.integer(LedgerLimits.searchedRows - 1)
      next = try row(.searchEnd, period + place + [last]) {
        ItemCursor(day: $0.int32(0), number: $0.int64(1))
      }
      way = [.integer(next?.day ?? 0), .integer(next?.number ?? 0)]
    }
    let values = way + place + conditions.values + [.integer(limit)]
    let items = try rows(Statement.search[conditions.shape], values) { row in
      let (item, number) = try ItemTable.place(row)
      return ListedItem(item: item, cursor: ItemCursor(day: item.submitted, number: number))
    }
    // A full page goes on behind its last.
    if items.count == limit { next = items.last?.cursor }
    return SearchedItems(items: items, next: next)
  }
}

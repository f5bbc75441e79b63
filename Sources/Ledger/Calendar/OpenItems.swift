internal import ExchangeRules

/// An item that waits for receipt or feedback, with what its deadlines are computed from.
public struct OpenItem: Sendable, Hashable {
  /// Its columns: submission day, event day, profile, times.
  public var item: StoredItem
  /// What the submitting county fixed, as the protocol encodes it; nil: not here.
  public var submission: [UInt8]?
  /// The place behind it.
  public var number: Int64
}

/// A due date that a change of calendar moved.
public struct DueChange: Sendable, Hashable {
  /// The item.
  public var item: LedgerID
  /// When it was moved: milliseconds since 1970.
  public var at: Int64
  /// The date before, yyyymmdd; 0: none.
  public var old: Int32
  /// The date since, yyyymmdd; 0: none.
  public var new: Int32
  /// Why.
  public var reason: String
  /// All deadlines since, as the protocol encodes them.
  public var deadlines: [UInt8]
}

extension LedgerReader {
  /// The items that wait for receipt or feedback, in the order in which they came, at most `limit`
  /// behind `number`: an order that moving their due dates does not disturb.
  public func openItems(
    after number: Int64 = 0, limit: Int = LedgerLimits.pageRows
  ) throws -> [OpenItem] {
    try rows(
      """
      SELECT \(ItemColumns.item), number, (
        SELECT body FROM item_event
        WHERE item_event.item = item.number AND item_event.kind = ? ORDER BY item_event.number
      ) FROM item WHERE awaits <> 0 AND number > ? ORDER BY number LIMIT ?
      """,
      [
        .integer(EventKind.submitted.rawValue), .integer(number),
        .integer(Self.page(limit)),
      ]
    ) {
      OpenItem(
        item: try ItemColumns.item($0), submission: $0.optionalBlob(32), number: $0.int64(31))
    }
  }

  /// The due dates that were moved since a time, the oldest first, at most `limit`.
  public func dueChanges(
    since time: Int64, limit: Int = LedgerLimits.pageRows
  ) throws -> [DueChange] {
    try rows(
      """
      SELECT item.id, at, old, new, reason, deadlines FROM due_change
      JOIN item ON item.number = due_change.item
      WHERE at >= ? ORDER BY due_change.number LIMIT ?
      """, [.integer(time), .integer(Self.page(limit))], Self.dueChange)
  }

  /// The moves of an item's due date, the oldest first.
  public func dueChanges(of item: LedgerID) throws -> [DueChange] {
    try rows(
      """
      SELECT item.id, at, old, new, reason, deadlines FROM due_change
      JOIN item ON item.number = due_change.item WHERE item.id = ? ORDER BY due_change.number
      """, [.id(item)], Self.dueChange)
  }

  private static func dueChange(_ row: SQLRow) throws -> DueChange {
    guard let item = row.id(0) else {
      throw LedgerFailure(.corrupt, "a due date's change is damaged; restore the last backup")
    }
    return DueChange(
      item: item, at: row.int64(1), old: row.int32(2), new: row.int32(3), reason: row.text(4),
      deadlines: row.blob(5))
  }
}

extension LedgerTransaction {
  /// Moves an item's due date and keeps the old one.
  ///
  /// Returns false when it is that date already.
  ///
  /// - Throws: ``LedgerFailure/Reason/unknownItem`` when the item is not here.
  @discardableResult
  public func moveDue(
    of id: LedgerID, to due: Int32, deadlines: [UInt8], at time: Int64, reason: String
  ) throws -> Bool {
    guard let item = try item(id) else {
      throw LedgerFailure(.unknownItem, "item \(id) is not here")
    }
    if item.due == due { return false }
    var change = ItemChange()
    change.due = due
    try update(id, change)
    try execute(
      """
      INSERT INTO due_change (item, at, old, new, reason, deadlines)
      SELECT number, ?, ?, ?, ?, ? FROM item WHERE id = ?
      """,
      [
        .integer(time), .integer(item.due), .integer(due), .text(reason), .blob(deadlines),
        .id(id),
      ])
    return true
  }
}

internal import ExchangeRules

/// An item that waits for receipt or feedback, with what its deadlines are computed from.
public struct OpenItem: Sendable, Hashable {
  /// Its columns: submission day, event day, profile, times.
  public var item: StoredItem
  /// What the submitting county fixed, as the protocol encodes it; nil: not here.
  public var submission: [UInt8]?
  /// The place behind it.
  public var place: LedgerPlace
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

/// How a change lies in its rows; its item is joined to it.
private enum DueChangeTable {
  static let columns = Columns(
    .dueChange,
    readingFrom: DueChange(item: .blank, at: 0, old: 0, new: 0, reason: "", deadlines: []),
    [
      Column("at", \.at), Column("old", \.old), Column("new", \.new),
      Column("reason", \.reason), Column("deadlines", \.deadlines),
    ])
  static let selected = "item.id, \(columns.selected)"
  static let joined = "due_change JOIN item ON item.number = due_change.item"

  static func change(_ row: any EngineRow) throws -> DueChange {
    guard let item = row.id(0) else {
      throw LedgerFailure(.corrupt, "a row of the table item is damaged; restore the last backup")
    }
    var change = try columns.record(row, at: 1)
    change.item = item
    return change
  }
}

extension Statement {
  static let openItems = Statement(
    "the items that wait, behind one",
    """
    SELECT \(ItemTable.selected), (
      SELECT body FROM item_event
      WHERE item_event.item = item.number AND item_event.kind = ? ORDER BY item_event.number LIMIT 1
    ) FROM item WHERE awaits <> 0 AND number > ? ORDER BY number LIMIT ?
    """)
  static let dueChangesSince = Statement(
    "the due dates that were moved since a time",
    """
    SELECT \(DueChangeTable.selected) FROM \(DueChangeTable.joined)
    WHERE due_change.at >= ? ORDER BY due_change.number LIMIT ?
    """)
  static let dueChangesOfItem = Statement(
    "the moves of an item's due date",
    """
    SELECT \(DueChangeTable.selected) FROM \(DueChangeTable.joined)
    WHERE item.id = ? ORDER BY due_change.number
    """)
  static let insertDueChange = Statement(
    "keep a move of a due date", DueChangeTable.columns.insert(and: "item"))
}

extension LedgerReader {
  /// The items that wait for receipt or feedback, in the order in which they came, at most `limit`
  /// behind `place`: an order that moving their due dates does not disturb.
  public func openItems(
    after place: LedgerPlace = .start, limit: Int = LedgerLimits.pageRows
  ) throws -> [OpenItem] {
    try rows(
      .openItems,
      [
        .integer(EventKind.submitted.rawValue), .integer(place.number),
        .integer(Self.page(limit)),
      ]
    ) { row in
      let (item, number) = try ItemTable.place(row)
      let submission = [UInt8]?(row, ItemTable.columns.count + 1) ?? nil
      return OpenItem(item: item, submission: submission, place: LedgerPlace(behind: number))
    }
  }

  /// The due dates that were moved since a time, the oldest first, at most `limit`.
  public func dueChanges(
    since time: Int64, limit: Int = LedgerLimits.pageRows
  ) throws -> [DueChange] {
    try rows(.dueChangesSince, [.integer(time), .integer(Self.page(limit))], DueChangeTable.change)
  }

  /// The moves of an item's due date, the oldest first.
  public func dueChanges(of item: LedgerID) throws -> [DueChange] {
    try rows(.dueChangesOfItem, [.id(item)], DueChangeTable.change)
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
    guard let place = try place(of: id) else {
      throw LedgerFailure(.unknownItem, "item \(id) is not here")
    }
    let former = place.item.due
    if former == due { return false }
    var moved = ItemChange()
    moved.due = due
    try update(id, moved)
    let kept = DueChange(
      item: id, at: time, old: former, new: due, reason: reason, deadlines: deadlines)
    try put(
      .insertDueChange, DueChangeTable.columns.values(of: kept, and: .integer(place.number)))
    return true
  }
}

/// What became of something that was to be stored once.
public enum InsertOutcome: Sendable, Hashable {
  /// It is stored now.
  case new
  /// It was here already, the same; nothing was done.
  case known
  /// Its identity was here already with other content; nothing was done.
  case conflict
}

extension LedgerTransaction {
  private static let itemNumber = HotSQL("SELECT number FROM item WHERE id = ?")
  private static let insertEvent = HotSQL(
    """
    INSERT INTO item_event (id, kind, at, account, role, division, note, body, item)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
    """)
  private static let insertEventOfItem = HotSQL(
    """
    INSERT INTO item_event (id, kind, at, account, role, division, note, body, item)
    SELECT ?, ?, ?, ?, ?, ?, ?, ?, number FROM item WHERE id = ? ON CONFLICT (id) DO NOTHING
    """)

  /// Stores an item and the event of its entry.
  ///
  /// An item is the same when its identity and its entered body are: another event identity or time
  /// (an operator tried again) changes nothing.
  public func insert(_ item: StoredItem, entered event: StoredEvent) throws -> InsertOutcome {
    guard event.kind == .entered, event.item == item.id else {
      throw LedgerFailure(.invalid, "an item is stored with the event of its own entry")
    }
    var item = item
    if item.times.entered == 0 { item.times.entered = event.at }
    if try execute(ItemColumns.insertItem, { ItemColumns.bind(item, to: &$0) }) == 0 {
      return try holdsBody(event.body, enteredFor: item.id) ? .known : .conflict
    }
    let number = lastInsertedNumber
    return try insert(event, Self.insertEvent) { $0.add(number) }
  }

  /// Stores an event of an item that is here.
  ///
  /// - Throws: ``LedgerFailure/Reason/unknownItem`` when the item is not.
  public func insert(_ event: StoredEvent) throws -> InsertOutcome {
    try insert(event, Self.insertEventOfItem) { $0.add(event.item) }
  }

  private func insert(
    _ event: StoredEvent, _ sql: HotSQL, _ addItem: (inout StatementValues) -> Void
  ) throws -> InsertOutcome {
    guard event.body.count <= LedgerLimits.bodyBytes else {
      throw LedgerFailure(
        .invalid, "an event of \(event.body.count) bytes is over the \(LedgerLimits.bodyBytes)")
    }
    let stored = try execute(sql) { values in
      values.add(event.id)
      values.add(event.kind.rawValue)
      values.add(event.at)
      values.add(event.actor.account)
      values.add(event.actor.role)
      values.add(event.actor.division)
      values.add(event.note)
      values.add(event.body)
      addItem(&values)
    }
    if stored > 0 { return .new }
    guard try row(Self.itemNumber, [.id(event.item)], { $0.int64(0) }) != nil else {
      throw LedgerFailure(.unknownItem, "item \(event.item) is not here; send its entry first")
    }
    return try self.event(event.id) == event ? .known : .conflict
  }

  /// Changes columns of an item. Returns false when no such item is here.
  @discardableResult
  public func update(_ item: LedgerID, _ change: ItemChange) throws -> Bool {
    if let reached = change.reached, change == ItemChange(reached.state, at: reached.at) {
      let changed = try execute(ItemColumns.reach(reached.state)) { values in
        values.add(reached.state.rawValue)
        values.add(reached.at)
        values.add(item)
      }
      return changed > 0
    }
    let (sql, values) = change.assignments
    if sql.isEmpty { return try self.item(item) != nil }
    let changed = try execute(
      "UPDATE item SET \(sql.joined(separator: ", ")) WHERE id = ?", values + [.id(item)])
    return changed > 0
  }

  private func holdsBody(_ body: [UInt8], enteredFor item: LedgerID) throws -> Bool {
    try row(
      """
      SELECT body FROM item_event JOIN item ON item.number = item_event.item
      WHERE item.id = ? AND item_event.kind = ? ORDER BY item_event.number
      """,
      [.id(item), .integer(StoredEvent.Kind.entered.rawValue)]
    ) { $0.blobEquals(0, body) } ?? false
  }
}

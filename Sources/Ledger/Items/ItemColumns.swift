internal import ExchangeRules

/// How an item and an event lie in their rows.
enum ItemColumns {
  /// What `due` holds for an item without a date: such items come last.
  static let noDue: Int32 = 99_999_999

  static func stored(due: Int32) -> Int32 { due == 0 ? noDue : due }

  static func time(of state: ItemState) -> String {
    switch state {
    case .entered: "time_entered"
    case .submitted: "time_submitted"
    case .relayed: "time_relayed"
    case .delivered: "time_delivered"
    case .received: "time_received"
    case .assigned: "time_assigned"
    case .answered: "time_answered"
    case .closed: "time_closed"
    case .refused: "time_refused"
    }
  }

  static let itemByID = HotSQL("SELECT \(item), item.number FROM item WHERE id = ?")
  /// Where ``itemByID`` has the row's number.
  static let number: Int32 = 31

  /// The columns that ``item(_:)`` reads, in its order.
  static let item = """
    item.id, item.kind, category, from_county, to_county, entered_at, assigned_to, inbound, outbound, \
    state, urgency, occurred, submitted, due, feedback_required, cycle, profile, finding, \
    substantiated, masked_name, masked_citizen_id, subject_key, time_entered, time_submitted, \
    time_relayed, time_delivered, time_received, time_assigned, time_answered, time_closed, \
    time_refused
    """

  static let insertItem = HotSQL(
    """
    INSERT INTO item (id, kind, category, from_county, to_county, entered_at, assigned_to, inbound, \
    outbound, state, urgency, occurred, submitted, due, feedback_required, cycle, profile, finding, \
    substantiated, masked_name, masked_citizen_id, subject_key, time_entered, time_submitted, \
    time_relayed, time_delivered, time_received, time_assigned, time_answered, time_closed, \
    time_refused) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
    ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
    """)

  static func bind(_ item: StoredItem, to values: inout StatementValues) {
    values.add(item.id)
    values.add(item.kind.rawValue)
    values.add(item.category.rawValue)
    values.add(item.from)
    values.add(item.to)
    values.add(item.enteredAt)
    values.add(item.assignedTo)
    values.add(item.inbound)
    values.add(item.outbound)
    values.add(item.state.rawValue)
    values.add(item.urgency?.rawValue ?? 0)
    values.add(item.occurred)
    values.add(item.submitted)
    values.add(stored(due: item.due))
    values.add(item.feedbackRequired)
    values.add(item.cycle)
    values.add(item.profile)
    values.add(item.finding?.rawValue ?? 0)
    values.add(item.substantiated)
    values.add(item.maskedName)
    values.add(item.maskedCitizenID)
    values.add(item.subjectKey)
    bind(item.times, to: &values)
  }

  private static func bind(_ times: StoredItem.Times, to values: inout StatementValues) {
    values.add(times.entered)
    values.add(times.submitted)
    values.add(times.relayed)
    values.add(times.delivered)
    values.add(times.received)
    values.add(times.assigned)
    values.add(times.answered)
    values.add(times.closed)
    values.add(times.refused)
  }

  static func item(_ row: SQLRow) throws -> StoredItem {
    guard let id = row.id(0), let state = ItemState(rawValue: row.int(9)),
      let kind = ItemKind(rawValue: row.int(1)), let category = Category(rawValue: row.int(2))
    else {
      throw LedgerFailure(.corrupt, "a row of the item table is damaged; restore the last backup")
    }
    var item = StoredItem(
      id: id, kind: kind, category: category, from: row.text(3), to: row.text(4),
      enteredAt: row.text(5))
    item.assignedTo = row.text(6)
    item.inbound = row.flag(7)
    item.outbound = row.flag(8)
    item.state = state
    item.urgency = Urgency(rawValue: row.int(10))
    item.occurred = row.int32(11)
    item.submitted = row.int32(12)
    item.due = row.int32(13) == noDue ? 0 : row.int32(13)
    item.feedbackRequired = row.flag(14)
    item.cycle = row.text(15)
    item.profile = row.text(16)
    item.finding = Finding(rawValue: row.int(17))
    item.substantiated = row.flag(18)
    item.maskedName = row.text(19)
    item.maskedCitizenID = row.text(20)
    item.subjectKey = row.text(21)
    item.times = times(row, at: 22)
    return item
  }

  private static func times(_ row: SQLRow, at first: Int32) -> StoredItem.Times {
    var times = StoredItem.Times()
    times.entered = row.int64(first)
    times.submitted = row.int64(first + 1)
    times.relayed = row.int64(first + 2)
    times.delivered = row.int64(first + 3)
    times.received = row.int64(first + 4)
    times.assigned = row.int64(first + 5)
    times.answered = row.int64(first + 6)
    times.closed = row.int64(first + 7)
    times.refused = row.int64(first + 8)
    return times
  }

  /// The columns that ``event(_:at:)`` reads, in its order; needs `item` joined to `item_event`.
  static let event = """
    item_event.id, item.id, item_event.kind, item_event.at, item_event.account, item_event.role, \
    item_event.division, item_event.note, item_event.body
    """

  static func event(_ row: SQLRow, at first: Int32 = 0) throws -> StoredEvent {
    guard let id = row.id(first), let item = row.id(first + 1),
      let kind = EventKind(rawValue: row.int(first + 2))
    else {
      throw LedgerFailure(.corrupt, "a row of the event table is damaged; restore the last backup")
    }
    return StoredEvent(
      id: id, item: item, kind: kind, at: row.int64(first + 3),
      actor: LedgerActor(
        account: row.text(first + 4), role: row.text(first + 5), division: row.text(first + 6)),
      note: row.text(first + 7), body: row.blob(first + 8))
  }
}

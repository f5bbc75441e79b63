internal import ExchangeRules

/// How items lie in their rows.
enum ItemTable {
  static let columns = Columns(
    .item,
    readingFrom: StoredItem(
      id: .blank, kind: .assistRequest, category: .pregnancy, from: "", to: "", enteredAt: ""),
    [
      Column("id", \.id),
      Column("kind", number: \.kind),
      Column("category", number: \.category),
      Column("from_county", \.from),
      Column("to_county", \.to),
      Column("entered_at", \.enteredAt),
      Column("assigned_to", \.assignedTo),
      Column("inbound", \.inbound),
      Column("outbound", \.outbound),
      Column("state", number: \.state),
      Column("urgency", numberOrZero: \.urgency),
      Column("occurred", \.occurred),
      Column("submitted", \.submitted),
      due,
      Column("feedback_required", \.feedbackRequired),
      Column("cycle", \.cycle),
      Column("profile", \.profile),
      Column("finding", numberOrZero: \.finding),
      Column("substantiated", \.substantiated),
      Column("masked_name", \.maskedName),
      Column("masked_citizen_id", \.maskedCitizenID),
      Column("subject_key", \.subjectKey),
      Column("time_entered", \.times.entered),
      Column("time_submitted", \.times.submitted),
      Column("time_relayed", \.times.relayed),
      Column("time_delivered", \.times.delivered),
      Column("time_received", \.times.received),
      Column("time_assigned", \.times.assigned),
      Column("time_answered", \.times.answered),
      Column("time_closed", \.times.closed),
      Column("time_refused", \.times.refused),
      Column("heads", digests: \.heads),
      Column("without_effect", \.withoutEffect),
      Column("asked_at", \.askedAt),
      Column("time_withdrawn", \.times.withdrawn),
      Column("taken_from", \.takenFrom),
      Column("removed", \.removed),
      Column("to_decide", \.toDecide),
      Column("to_erase", \.toErase),
    ])

  /// What `due` holds for an item without a date: such items come last.
  private static let noDue: Int32 = 99_999_999

  private static var due: Column<StoredItem> {
    Column(
      "due", \.due, store: { .integer($0 == 0 ? noDue : $0) },
      load: { $0.int32($1) == noDue ? 0 : $0.int32($1) })
  }

  /// The columns of an item and, behind them, the number of its row.
  static let selected = "\(columns.selected), item.number"

  /// An item and the number of its row, from ``selected``.
  static func place(_ row: any EngineRow) throws -> (item: StoredItem, number: Int64) {
    (try columns.record(row), row.int64(columns.count))
  }
}

extension StoredItem {
  /// The names of the columns in which it differs from another, in the order of the table.
  public func differences(from other: StoredItem) -> [String] {
    ItemTable.columns.names(ItemTable.columns.changed(from: other, to: self))
  }
}

/// How events lie in their rows.
enum EventTable {
  private static let columns = Columns(
    .itemEvent,
    readingFrom: StoredEvent(id: .blank, item: .blank, kind: .entered, at: 0, actor: .blank),
    [Column("id", \.id), Column("kind", number: \.kind), Column("at", \.at)]
      + Column.actor(\.actor) + [
        Column("note", \.note), Column("body", \.body), Column("follows", digests: \.follows),
        Column("seal", \.seal), Column("page", \.place.page), Column("entry", \.place.entry),
        Column("body_digest", \.bodyDigest),
      ])

  /// The columns of an event, from ``joined``.
  static let selected = "item.id, \(columns.selected)"
  /// Each event with the item that it happened to.
  static let joined = "item_event JOIN item ON item.number = item_event.item"

  /// An event, from ``selected``, the first of its columns at `first`.
  static func event(_ row: any EngineRow, at first: Int = 0) throws -> StoredEvent {
    guard let item = row.id(first) else {
      throw LedgerFailure(.corrupt, "a row of the table item is damaged; restore the last backup")
    }
    var event = try columns.record(row, at: first + 1)
    event.item = item
    return event
  }

  /// The columns of an event and, behind them, the row of its item.
  static let insertion = columns.insert(and: "item")

  /// The values of ``insertion``.
  static func values(_ event: StoredEvent, ofItem number: Int64) -> [StoredValue] {
    columns.values(of: event, and: .integer(number))
  }
}

internal import ExchangeRules
internal import GRDB

extension Schema {
  /// What the figures of cycles count, by place and day (`ExchangeRules/Figures`), and the way from a
  /// figure to its items.
  ///
  /// `asked_at` is the place that an item's address names in the asked county; it is empty for items
  /// of before, which count for the place that they were given to.
  static let figures = """
    ALTER TABLE item ADD COLUMN asked_at TEXT NOT NULL DEFAULT '';
    CREATE INDEX item_asked ON item (to_county, submitted) WHERE submitted > 0;
    CREATE INDEX item_asking ON item (from_county, submitted) WHERE submitted > 0;

    CREATE TABLE figure (
      cycle INTEGER NOT NULL,
      whole_county INTEGER NOT NULL,
      place TEXT NOT NULL,
      day INTEGER NOT NULL,
      submitted INTEGER NOT NULL,
      asked INTEGER NOT NULL,
      feedback_required INTEGER NOT NULL,
      queries INTEGER NOT NULL,
      received INTEGER NOT NULL,
      answered INTEGER NOT NULL,
      queries_answered INTEGER NOT NULL,
      answered_late INTEGER NOT NULL,
      not_found INTEGER NOT NULL,
      substantiated INTEGER NOT NULL,
      due INTEGER NOT NULL,
      due_in_time INTEGER NOT NULL,
      PRIMARY KEY (cycle, whole_county, place, day)
    ) WITHOUT ROWID;
    """

  /// Items whose counts are gathered in memory before they are written: some 50 MB.
  private static let itemsAtOnce = 50_000

  /// Counts the items that are there already.
  static func countItems(in database: Database) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT kind, from_county, to_county, entered_at, assigned_to, feedback_required, submitted,
          due, time_received, time_answered, finding, substantiated
        FROM item WHERE submitted > 0 AND state <> 9
        """)
    var change = FigureChange()
    var waiting = 0
    while let row = try rows.next() {
      change.add(from: nil, to: item(in: row))
      waiting += 1
      if waiting == itemsAtOnce {
        try write(change, in: database)
        (change, waiting) = (FigureChange(), 0)
      }
    }
    try write(change, in: database)
  }

  private static func item(in row: Row) -> CountedItem? {
    guard let kind = ItemKind(rawValue: row[0]), let submitted = CivilDate(yyyymmdd: row[6]) else {
      return nil
    }
    var item = CountedItem(
      kind: kind, from: row[1], to: row[2], enteredAt: row[3], askedAt: "", assignedTo: row[4],
      feedbackRequired: row[5], submitted: submitted,
      due: CivilDate(yyyymmdd: row[7]) ?? .latest)
    let (received, answered): (Int64, Int64) = (row[8], row[9])
    if received != 0 { item.received = CivilDate(chinaDateOf: received) }
    if answered != 0 { item.answered = CivilDate(chinaDateOf: answered) }
    item.finding = Finding(rawValue: row[10])
    item.substantiated = row[11]
    return item
  }

  private static func write(_ change: FigureChange, in database: Database) throws {
    let add = try database.makeStatement(sql: FigureTable.addition)
    for (key, counts) in change.counts {
      let row = FigureRow(key, counts)
      add.setUncheckedArguments(
        StatementArguments(
          [
            row.cycle, row.isWholeCounty, row.place, row.day, counts.submitted, counts.asked,
            counts.feedbackRequired, counts.queries, counts.received, counts.answered,
            counts.queriesAnswered, counts.answeredLate, counts.notFound, counts.substantiated,
            counts.due, counts.dueInTime,
          ] as [any DatabaseValueConvertible]))
      try add.execute()
    }
  }
}

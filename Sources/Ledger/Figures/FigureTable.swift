internal import ExchangeRules

/// The counts of one place on one day, for the figures of a cycle.
struct FigureRow: Sendable {
  /// The month of the cycle, yyyymm.
  var cycle: Int32
  var isWholeCounty: Bool
  var place: String
  /// yyyymmdd.
  var day: Int32
  var counts: FigureCounts

  /// What reading starts from.
  static let blank = FigureRow(
    cycle: 0, isWholeCounty: false, place: "", day: 0, counts: FigureCounts())

  init(_ key: FigureKey, _ counts: FigureCounts) {
    self.init(
      cycle: key.cycle.yyyymm, isWholeCounty: key.isWholeCounty, place: key.place,
      day: key.day.yyyymmdd, counts: counts)
  }

  private init(
    cycle: Int32, isWholeCounty: Bool, place: String, day: Int32, counts: FigureCounts
  ) {
    self.cycle = cycle
    self.isWholeCounty = isWholeCounty
    self.place = place
    self.day = day
    self.counts = counts
  }
}

extension CycleMonth {
  /// The month as it lies on disk, such as 202610.
  var yyyymm: Int32 { Int32(clamping: year * 100 + month) }
}

/// How the counts lie in their rows.
enum FigureTable {
  static let keys: [Column<FigureRow>] = [
    Column("cycle", \.cycle), Column("whole_county", \.isWholeCounty), Column("place", \.place),
    Column("day", \.day),
  ]
  static let counts: [Column<FigureRow>] = [
    Column("submitted", \.counts.submitted),
    Column("asked", \.counts.asked),
    Column("feedback_required", \.counts.feedbackRequired),
    Column("queries", \.counts.queries),
    Column("received", \.counts.received),
    Column("answered", \.counts.answered),
    Column("queries_answered", \.counts.queriesAnswered),
    Column("answered_late", \.counts.answeredLate),
    Column("not_found", \.counts.notFound),
    Column("substantiated", \.counts.substantiated),
    Column("due", \.counts.due),
    Column("due_in_time", \.counts.dueInTime),
  ]
  static let columns = Columns(.figure, readingFrom: .blank, keys + counts)

  /// The months in which anything counted, each looked for behind the one before.
  static let months = """
    months (cycle) AS (
      SELECT min(cycle) FROM figure
      UNION ALL
      SELECT (SELECT min(cycle) FROM figure WHERE cycle > months.cycle) FROM months
      WHERE months.cycle IS NOT NULL
    )
    """

  /// Adds what a row counts to the row of its key.
  static let addition =
    "\(columns.insert()) ON CONFLICT (\(keys.map(\.name).joined(separator: ", "))) DO UPDATE SET "
    + counts.map { "\($0.name) = figure.\($0.name) + excluded.\($0.name)" }.joined(separator: ", ")

  /// What the row of a key fulfils that counts nothing.
  static let isZero =
    keys.map { "\($0.name) = ?" }.joined(separator: " AND ") + " AND "
    + counts.map { "\($0.name) = 0" }.joined(separator: " AND ")

  /// The values of a row's key.
  static func key(of row: FigureRow) -> [StoredValue] {
    [.integer(row.cycle), .flag(row.isWholeCounty), .text(row.place), .integer(row.day)]
  }
}

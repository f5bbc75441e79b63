internal import ExchangeRules

/// A line of the log as a search gives it.
public struct LogLine: Sendable, Hashable {
  /// Where it stands in the log; nowhere if it is older than the log.
  public var place: LogPlace
  /// When: milliseconds since 1970, by whoever did it.
  public var at: Int64
  /// Who.
  public var actor: LedgerActor
  /// What: the word of an event's kind, of a letter's step, or of a trace.
  public var action: String
  /// Why, or what was said to it.
  public var words: String
  /// Which item; nil: none.
  public var item: LedgerID?
  /// Whose record; empty: nobody's in particular.
  public var subjectKey: String
}

/// What a search of the log is for.
public enum LogQuestion: Sendable, Hashable {
  /// All about an item.
  case item(LedgerID)
  /// All about a person, under any of the keys merged with this one.
  case person(String)
  /// What an account has done in a time, in milliseconds since 1970.
  case account(String, Range<Int64>)
  /// What was done at this node in a time, in milliseconds since 1970.
  case time(Range<Int64>)
}

extension Statement {
  private static let lineOfEvent = """
    SELECT page, entry, item_event.at, account, role, division, item_event.kind, note, item.id,
      item.subject_key FROM
    """
  static let eventsOfPerson = Statement(
    "what happened to the items about a person",
    """
    \(sameSubject)
    \(lineOfEvent) item JOIN item_event ON item_event.item = item.number
    WHERE item.subject_key <> '' AND item.subject_key IN (SELECT key FROM same)
    ORDER BY item_event.at, item_event.number LIMIT ?2
    """)
  static let eventsOfItem = Statement(
    "what happened to an item",
    """
    \(lineOfEvent) item JOIN item_event ON item_event.item = item.number
    WHERE item.id = ?1 ORDER BY item_event.at, item_event.number LIMIT ?2
    """)
  static let eventsOfAccount = Statement(
    "what an account of this node did to items in a time",
    """
    \(lineOfEvent) item_event JOIN item ON item.number = item_event.item
    WHERE seal = x'' AND account = ?1 AND item_event.at >= ?2 AND item_event.at < ?3
    ORDER BY item_event.at, item_event.number LIMIT ?4
    """)
  /// Account by account, because that is how the index lies: a node has some dozens.
  static let eventsInTime = Statement(
    "what was done to items at this node in a time",
    """
    WITH RECURSIVE who (account) AS (
      SELECT min(account) FROM item_event WHERE seal = x''
      UNION ALL
      SELECT (SELECT min(account) FROM item_event WHERE seal = x'' AND account > who.account)
      FROM who WHERE who.account IS NOT NULL
    )
    \(lineOfEvent.replacing("account", with: "item_event.account")) who
    JOIN item_event ON seal = x'' AND item_event.account = who.account
      AND item_event.at >= ?1 AND item_event.at < ?2
    JOIN item ON item.number = item_event.item
    ORDER BY item_event.at, item_event.number LIMIT ?3
    """)
  private static let lineOfLetter = """
    SELECT page, entry, letter_event.at, account, role, division, step, note FROM letter_event
    WHERE letter_event.seal = x''
    """
  static let lettersOfAccount = Statement(
    "what an account of this node did to letters in a time",
    "\(lineOfLetter) AND account = ?1 AND at >= ?2 AND at < ?3 ORDER BY at, number LIMIT ?4")
  static let lettersInTime = Statement(
    "what was done to letters at this node in a time",
    "\(lineOfLetter) AND at >= ?1 AND at < ?2 ORDER BY at, number LIMIT ?3")
  private static let lineOfTrace = """
    SELECT page, entry, at, account, role, division, action, purpose, item, subject_key FROM trace
    """
  static let traceLinesOfItem = Statement(
    "the traces of an item as lines",
    "\(lineOfTrace) WHERE item = ?1 ORDER BY at, number LIMIT ?2")
  static let traceLinesOfPerson = Statement(
    "the traces of a person as lines",
    """
    \(sameSubject)
    \(lineOfTrace) WHERE subject_key <> '' AND subject_key IN (SELECT key FROM same)
    ORDER BY at, number LIMIT ?2
    """)
  static let traceLinesOfAccount = Statement(
    "the traces of an account in a time as lines",
    "\(lineOfTrace) WHERE account = ?1 AND at >= ?2 AND at < ?3 ORDER BY at, number LIMIT ?4")
  static let traceLinesInTime = Statement(
    "the traces of a time as lines",
    "\(lineOfTrace) WHERE at >= ?1 AND at < ?2 ORDER BY at, number LIMIT ?3")
}

extension LedgerReader {
  /// The lines of the log that answer a question, in the order of their times, at most `limit`.
  ///
  /// Of an account or a time those that this node has written: what came from elsewhere is in the log
  /// of its author's node.
  public func search(
    _ question: LogQuestion, limit: Int = LedgerLimits.pageRows
  ) throws -> [LogLine] {
    let rows = StoredValue.integer(Self.page(limit))
    var lines: [LogLine]
    switch question {
    case .item(let item):
      lines = try events(.eventsOfItem, [.id(item), rows])
      lines += try traces(.traceLinesOfItem, [.id(item), rows])
    case .person(let key):
      lines = try events(.eventsOfPerson, [.text(key), rows])
      lines += try traces(.traceLinesOfPerson, [.text(key), rows])
    case .account(let account, let time):
      let values = [.text(account)] + Self.values(time) + [rows]
      lines = try events(.eventsOfAccount, values)
      lines += try letters(.lettersOfAccount, values)
      lines += try traces(.traceLinesOfAccount, values)
    case .time(let time):
      let values = Self.values(time) + [rows]
      lines = try events(.eventsInTime, values)
      lines += try letters(.lettersInTime, values)
      lines += try traces(.traceLinesInTime, values)
    }
    lines.sort { ($0.at, $0.place.page, $0.place.entry) < ($1.at, $1.place.page, $1.place.entry) }
    return Array(lines.prefix(limit))
  }

  private static func values(_ time: Range<Int64>) -> [StoredValue] {
    [.integer(time.lowerBound), .integer(time.upperBound)]
  }

  private func events(_ statement: Statement, _ values: [StoredValue]) throws -> [LogLine] {
    try rows(statement, values) { row in
      let kind = EventKind(rawValue: row.int(6))
      return Self.line(row, kind?.word ?? "", item: row.id(8), subjectKey: row.text(9))
    }
  }

  private func letters(_ statement: Statement, _ values: [StoredValue]) throws -> [LogLine] {
    try rows(statement, values) { row in
      let step = LetterStep(rawValue: row.int(6))
      return Self.line(row, step.map { "letter-\($0)" } ?? "", item: nil, subjectKey: "")
    }
  }

  private func traces(_ statement: Statement, _ values: [StoredValue]) throws -> [LogLine] {
    try rows(statement, values) { row in
      Self.line(row, row.text(6), item: row.id(8), subjectKey: row.text(9))
    }
  }

  /// A line from the columns that all the statements begin with.
  private static func line(
    _ row: any EngineRow, _ action: String, item: LedgerID?, subjectKey: String
  ) -> LogLine {
    LogLine(
      place: LogPlace(page: row.int64(0), entry: Int32(clamping: row.int64(1))), at: row.int64(2),
      actor: LedgerActor(account: row.text(3), role: row.text(4), division: row.text(5)),
      action: action, words: row.text(7), item: item, subjectKey: subjectKey)
  }
}

/// An event that one side of a link has not taken, kept with the reason: by this node of what a peer
/// sent, or by a peer of what this node sent (an objection).
public struct QuarantinedEvent: Sendable, Hashable {
  /// The other side: the peer that sent it, or that has not taken it.
  public var peer: String
  /// Its place in the outbox that it came from.
  public var cursor: InboxCursor
  /// The event's identity, when it could be read.
  public var event: LedgerID?
  /// The item's identity, when it could be read.
  public var item: LedgerID?
  /// When this node heard of it: milliseconds since 1970.
  public var at: Int64
  /// The stable reason.
  public var reason: String
  /// The field at fault; empty: none in particular.
  public var field: String
  /// One line for people, without personal data.
  public var text: String
  /// The bytes as they came; empty of an objection.
  public var body: [UInt8]
  /// That an administrator has put it away: it is tried no more, and stays on record.
  public var dismissal = Dismissal()

  /// By whom and why something was put away.
  public struct Dismissal: Sendable, Hashable {
    /// When: milliseconds since 1970; 0: it was not.
    public var at: Int64 = 0
    /// The account.
    public var by = ""
    /// In the administrator's words.
    public var reason = ""

    /// Not put away.
    public init() {}

    /// Put away.
    public init(at: Int64, by: String, reason: String) {
      self.at = at
      self.by = by
      self.reason = reason
    }
  }

  /// Something that is not taken.
  public init(
    peer: String, cursor: InboxCursor, event: LedgerID?, item: LedgerID?, at: Int64,
    reason: String, field: String, text: String, body: [UInt8] = []
  ) {
    self.peer = peer
    self.cursor = cursor
    self.event = event
    self.item = item
    self.at = at
    self.reason = reason
    self.field = field
    self.text = text
    self.body = body
  }
}

/// How it lies in its rows, here and where the other side has set it aside.
enum QuarantineTable {
  static let columns = Columns(
    .quarantine, readingFrom: blank,
    shared + [
      Column("body", \.body), Column("dismissed", \.dismissal.at),
      Column("dismissed_by", \.dismissal.by), Column("dismissed_why", \.dismissal.reason),
    ])
  static let objections = Columns(.objection, readingFrom: blank, shared)

  private static let blank = QuarantinedEvent(
    peer: "", cursor: InboxCursor(outbox: "", sequence: 0), event: nil, item: nil, at: 0,
    reason: "", field: "", text: "")

  private static let shared: [Column<QuarantinedEvent>] = [
    Column("peer", \.peer),
    Column("outbox", \.cursor.outbox),
    Column(
      "sequence", \.cursor.sequence, store: { .integer(Int64(clamping: $0)) },
      load: { UInt64(clamping: $0.int64($1)) }),
    Column("event", \.event),
    Column("item", \.item),
    Column("at", \.at),
    Column("reason", \.reason),
    Column("field", \.field),
    Column("text", \.text),
  ]

  /// An event and its place, which is selected behind the columns.
  static func placed(
    _ row: any EngineRow
  ) throws -> (place: LedgerPlace, event: QuarantinedEvent) {
    (LedgerPlace(behind: row.int64(columns.count)), try columns.record(row))
  }
}

extension Statement {
  static let quarantine = Statement(
    "set an event aside", "\(QuarantineTable.columns.insert()) ON CONFLICT DO NOTHING")
  static let removeSetAside = Statement(
    "forget what was set aside", "DELETE FROM quarantine WHERE number = ?")
  static let pruneQuarantine = Statement(
    "drop the oldest of what was set aside",
    """
    DELETE FROM quarantine WHERE peer = ?1 AND number <= (
      SELECT max(number) FROM (
        SELECT number, row_number() OVER newest AS place, sum(length(body)) OVER newest AS bytes
        FROM quarantine WHERE peer = ?1 WINDOW newest AS (ORDER BY number DESC)) AS kept
      WHERE place > ?2 OR bytes > ?3)
    """)
  static let quarantined = Statement(
    "what was set aside, the newest first",
    "SELECT \(QuarantineTable.columns.selected) FROM quarantine ORDER BY number DESC LIMIT ?")
  static let setAside = Statement(
    "what was set aside behind a row",
    """
    SELECT \(QuarantineTable.columns.selected), number FROM quarantine
    WHERE number > ? AND dismissed = 0 ORDER BY number LIMIT ?
    """)
  static let setAsideOfItem = Statement(
    "what was set aside of an item",
    """
    SELECT \(QuarantineTable.columns.selected), number FROM quarantine
    WHERE item = ? AND dismissed = 0 ORDER BY number LIMIT ?
    """)
  static let setAsideOfPeer = Statement(
    "what was set aside of a peer, the newest first",
    """
    SELECT \(QuarantineTable.columns.selected) FROM quarantine
    WHERE peer = ? AND dismissed = 0 ORDER BY number DESC LIMIT ?
    """)
  static let quarantinedCount = Statement(
    "how many were set aside", "SELECT count(*) FROM quarantine WHERE dismissed = 0")
}

extension LedgerTransaction {
  /// Keeps what is not taken and moves the cursor past it, so that one bad event does not stop the
  /// rest.
  ///
  /// - Returns: false when it was here already.
  @discardableResult
  public func quarantine(_ event: QuarantinedEvent) throws -> Bool {
    try moveInboxCursor(of: event.peer, to: event.cursor)
    return try change(.quarantine, QuarantineTable.columns.values(of: event)) > 0
  }

  /// Forgets what was not taken at first and is now.
  public func removeSetAside(_ place: LedgerPlace) throws {
    try put(.removeSetAside, [.integer(place.number)])
  }

  /// Drops the oldest of what was not taken from a peer, where there are more than the limits; how
  /// many.
  ///
  /// Looks at all that is kept of the peer: once a batch is enough.
  public func pruneQuarantine(
    of peer: String, to limit: Int = LedgerLimits.quarantinedOfPeer,
    bytes: Int = LedgerLimits.quarantinedBytesOfPeer
  ) throws -> Int {
    try change(.pruneQuarantine, [.text(peer), .integer(limit), .integer(bytes)])
  }
}

extension LedgerReader {
  /// What was not taken, what was put away too, the newest first, at most `limit`.
  public func quarantined(limit: Int) throws -> [QuarantinedEvent] {
    try rows(.quarantined, [.integer(Self.page(limit))]) {
      try QuarantineTable.columns.record($0)
    }
  }

  /// What was not taken, in the order in which it came, at most `limit` behind `place`; with its own
  /// place.
  public func setAside(
    after place: LedgerPlace, limit: Int
  ) throws -> [(place: LedgerPlace, event: QuarantinedEvent)] {
    try rows(
      .setAside, [.integer(place.number), .integer(Self.page(limit))], QuarantineTable.placed)
  }

  /// What was not taken of an item, in the order in which it came, at most a page; each with its
  /// place.
  public func setAside(
    of item: LedgerID
  ) throws -> [(place: LedgerPlace, event: QuarantinedEvent)] {
    try rows(
      .setAsideOfItem, [.id(item), .integer(LedgerLimits.pageRows)], QuarantineTable.placed)
  }

  /// What was not taken of a peer, the newest first, at most `limit`.
  public func setAside(of peer: String, limit: Int) throws -> [QuarantinedEvent] {
    try rows(.setAsideOfPeer, [.text(peer), .integer(Self.page(limit))]) {
      try QuarantineTable.columns.record($0)
    }
  }

  /// How many were not taken and are tried again.
  public func quarantinedCount() throws -> Int { Int(try integer(.quarantinedCount)) }
}

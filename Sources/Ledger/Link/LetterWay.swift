internal import ExchangeRules

/// How far this ledger has come in a neighbour's letters.
public struct LetterCursor: Sendable, Hashable {
  /// The store that the letters are of: the identity of the neighbour's outbox.
  public var store: String
  /// The neighbour's number of the last step that is on this disk.
  public var sequence: UInt64
  /// The digest of that step.
  public var head: [UInt8]

  /// A cursor.
  public init(store: String, sequence: UInt64, head: [UInt8]) {
    self.store = store
    self.sequence = sequence
    self.head = head
  }
}

/// A step of a letter on its way to a neighbour.
public struct LetterParcel: Sendable, Hashable {
  /// The sender's number of it: strictly growing.
  public var sequence: UInt64
  /// The letter that it is a step of.
  public var letter: StoredLetter
  /// The step, with its seal.
  public var event: StoredLetterEvent
}

extension Statement {
  static let lettersForPeer = Statement(
    "the steps of letters for a peer",
    """
    SELECT letter_event.number, letter_event.told, \(LetterTable.columns.selected),
      \(LetterEventTable.selected)
    FROM \(LetterEventTable.joined)
    WHERE letter_event.peer = ? AND letter_event.peer <> '' AND letter_event.number > ?
    ORDER BY letter_event.number LIMIT ?
    """)
  static let lastLetterStep = Statement(
    "the last step of any letter", "SELECT max(number) FROM letter_event")
  static let letterInbox = Statement(
    "how far this ledger has come in a peer's letters",
    "SELECT store, sequence, head FROM letter_inbox WHERE peer = ?")
  static let letterStep = Statement(
    "a step of a letter by its number",
    "SELECT \(LetterEventTable.selected) FROM \(LetterEventTable.joined) WHERE letter_event.number = ?"
  )
  static let moveLetterInbox = Statement(
    "move on in a peer's letters",
    """
    INSERT INTO letter_inbox (peer, store, sequence, head) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (peer) DO UPDATE SET store = ?2, sequence = ?3, head = ?4
    """)
}

extension LedgerReader {
  /// The steps of letters for a peer, in order; at most `limit` behind a sequence, and of at most
  /// `bytes` bytes of content together where they are more than one.
  ///
  /// What came from the peer itself is among them up to `told`: a peer that was put back from a copy
  /// is told its own acts too.
  ///
  /// - Returns: The steps, and the last sequence that was looked at.
  public func letters(
    for peer: String, after sequence: UInt64, tellingBackThrough told: UInt64, limit: Int,
    bytes: Int = LedgerLimits.pageBytes
  ) throws -> (parcels: [LetterParcel], last: UInt64) {
    var parcels: [LetterParcel] = []
    var (last, room) = (sequence, bytes)
    try forRows(
      .lettersForPeer, [.text(peer), .integer(Int64(clamping: sequence)), .integer(limit)]
    ) { row in
      let number = UInt64(clamping: row.int64(0))
      let event = try LetterEventTable.event(row, at: 2 + LetterTable.columns.count)
      room -= event.body.count
      if room < 0, !parcels.isEmpty { return false }
      last = number
      if row.int(1) == 0 || number <= told {
        parcels.append(
          LetterParcel(
            sequence: number, letter: try LetterTable.columns.record(row, at: 2), event: event))
      }
      return true
    }
    for place in parcels.indices {
      let event = parcels[place].event
      parcels[place].event.seal = try seal(event.seal, at: event.place)
    }
    return (parcels, last)
  }

  /// The number of the last step of any letter; 0: there is none.
  public func lastLetterStep() throws -> UInt64 {
    UInt64(clamping: try integer(.lastLetterStep))
  }

  /// Whether this ledger has given out a step under a number, which is what a peer has that was told
  /// by this very store: a plain copy of it gives out other ones.
  public func hasGivenOut(letter sequence: UInt64, _ head: [UInt8]) throws -> Bool {
    try row(.letterStep, [.integer(Int64(clamping: sequence))]) {
      try LetterEventTable.event($0).digest.bytes == head
    } ?? false
  }

  /// How far this ledger has come in a peer's letters; nil: nothing has come yet.
  public func letterCursor(of peer: String) throws -> LetterCursor? {
    try row(.letterInbox, [.text(peer)]) {
      LetterCursor(
        store: $0.text(0), sequence: UInt64(clamping: $0.int64(1)), head: $0.blob(2))
    }
  }
}

extension LedgerTransaction {
  /// Moves on in a peer's letters, in the same commit as what came.
  public func moveLetterCursor(of peer: String, to cursor: LetterCursor) throws {
    try put(
      .moveLetterInbox,
      [
        .text(peer), .text(cursor.store), .integer(Int64(clamping: cursor.sequence)),
        .blob(cursor.head),
      ])
  }
}

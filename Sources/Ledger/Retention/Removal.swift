internal import Credentials
public import ExchangeRules

/// What was removed of an item, for the trace that proves it (G6).
public struct Removal: Sendable, Hashable {
  /// The digest of the event that entered it: with its identity, all that names it afterwards.
  public var entered: EventDigest
  /// How many events lost what they said.
  public var events: Int
}

/// An item that came to its end, as it waits to be removed.
public struct DoneItem: Sendable, Hashable {
  /// The item.
  public var item: LedgerID
  /// When it came to its end: milliseconds since 1970; 0: nobody has asked.
  public var done: Int64
  /// The place behind it, among those of its time.
  public var place: LedgerPlace
  /// The place of its last event.
  let lastEvent: Int64
}

extension Statement {
  static let doneItems = Statement(
    "the items that came to their end before a time, behind one",
    """
    SELECT id, done, number, (
      SELECT max(item_event.number) FROM item_event WHERE item_event.item = item.number
    ) FROM item
    WHERE done > 0 AND removed = 0 AND done < ?1 AND (done, number) > (?2, ?3)
    ORDER BY done, number LIMIT ?4
    """)
  static let itemsToErase = Statement(
    "the items that are to be erased, behind one",
    """
    SELECT id, 0, number, (
      SELECT max(item_event.number) FROM item_event WHERE item_event.item = item.number
    ) FROM item
    WHERE to_erase AND removed = 0 AND number > ? ORDER BY number LIMIT ?
    """)
  static let removeVersions = Statement(
    "remove the versions that an item has brought",
    "DELETE FROM record_version WHERE record = ? AND source_item = ?")
  static let currentVersion = Statement(
    "the last version that is left", "SELECT max(version) FROM record_version WHERE record = ?")
  static let removeRecord = Statement("remove a record", "DELETE FROM record WHERE number = ?")
  static let removeConfirmations = Statement(
    "remove the steps of a case that came with an item",
    "DELETE FROM confirmation WHERE subject_key = ? AND item = ?")
  static let firstWaiting = Statement(
    "the first event that waits for a neighbour", "SELECT min(event) FROM outbox")
  static let removeBody = Statement(
    "remove what an event says",
    "UPDATE item_event SET body = x'', body_digest = ? WHERE id = ?")
  static let removeSetAsideOfItem = Statement(
    "remove what was set aside of an item", "DELETE FROM quarantine WHERE item = ?")
  static let removePerson = Statement(
    "remove what a trace says of a person",
    """
    UPDATE trace SET purpose = '', subject_key = '', salt = x'', person_digest = ?
    WHERE number = ?
    """)
}

extension LedgerReader {
  /// The items that came to their end before a time and are all here, in the order of their ends, at
  /// most `limit` behind `last`.
  public func itemsDone(
    before time: Int64, after last: DoneItem? = nil, limit: Int = LedgerLimits.pageRows
  ) throws -> [DoneItem] {
    try rows(
      .doneItems,
      [
        .integer(time), .integer(last?.done ?? 0), .integer(last?.place.number ?? 0),
        .integer(Self.page(limit)),
      ], Self.done)
  }

  /// The items that a person has had erased and that are all here, at most `limit` behind `last`.
  public func itemsToErase(
    after last: DoneItem? = nil, limit: Int = LedgerLimits.pageRows
  ) throws -> [DoneItem] {
    try rows(
      .itemsToErase, [.integer(last?.place.number ?? 0), .integer(Self.page(limit))], Self.done)
  }

  private static func done(_ row: any EngineRow) throws -> DoneItem {
    guard let item = row.id(0) else {
      throw LedgerFailure(
        .corrupt, "a row of the table item is damaged; restore the last backup")
    }
    return DoneItem(
      item: item, done: row.int64(1), place: LedgerPlace(behind: row.int64(2)),
      lastEvent: row.int64(3))
  }

  /// Those of some items none of whose events waits for a neighbour: what a neighbour has not taken
  /// is not removed.
  public func taken(_ items: [DoneItem]) throws -> [DoneItem] {
    let first = try integer(.firstWaiting)
    return first == 0 ? items : items.filter { $0.lastEvent < first }
  }
}

extension LedgerTransaction {
  /// Removes what an item, its events and what was set aside of it say of a person; their digests
  /// stay, so that the log proves what is left.
  ///
  /// What removes it and the trace of that belong in one commit.
  ///
  /// - Parameters:
  ///   - item: The item.
  ///   - now: The time, in milliseconds since 1970.
  ///   - isKept: Which events keep what they say: those that tell of no person.
  /// - Returns: What was removed; nil where the item is not here, or was removed before.
  /// - Throws: What is wrong with the ledger.
  public func remove(
    _ item: LedgerID, at now: Int64, keeping isKept: (StoredEvent) throws -> Bool = { _ in false }
  ) throws -> Removal? {
    guard let place = try place(of: item), place.item.removed == 0 else { return nil }
    let events = try events(of: item)
    guard let entered = events.first(where: { $0.kind == .entered }) else { return nil }
    var removed = 0
    for event in events where try !event.body.isEmpty && !isKept(event) {
      removed += try change(.removeBody, [.blob(event.contentDigest), .id(event.id)])
    }
    try put(.removeSetAsideOfItem, [.id(item)])
    // The questions above have cleared the desk.
    var left = place.item
    left.maskedName = ""
    left.maskedCitizenID = ""
    left.subjectKey = ""
    left.removed = now
    try rewrite(left)
    return Removal(entered: entered.digest, events: removed)
  }

  /// Removes what an item has brought into a person's records: its versions, a record that has no
  /// other, and the steps of her case that came with it.
  public func removeRecords(of key: String, from item: LedgerID) throws {
    for record in try records(of: key, includingWithdrawn: true) {
      guard let number = try row(.recordNumber, [.id(record.record)], { $0.int64(0) }) else {
        continue
      }
      try put(.removeVersions, [.integer(number), .id(item)])
      let last = try integer(.currentVersion, [.integer(number)])
      if last == 0 {
        try put(.removeRecord, [.integer(number)])
      } else {
        try put(.setVersion, [.integer(last), .integer(number)])
      }
    }
    try put(.removeConfirmations, [.text(key), .id(item)])
  }

  /// Removes what traces from before a time say of persons, at most `limit` behind those that were
  /// looked at before; a trace of a removal says nothing of any.
  ///
  /// - Returns: How many were removed, and whether all from before the time were looked at.
  /// - Throws: What is wrong with the ledger.
  public func removePersons(
    fromTracesBefore time: Int64, limit: Int = LedgerLimits.pageRows
  ) throws -> (removed: Int, isDone: Bool) {
    let last = try value(of: .tracesRemoved).flatMap { Int64($0) } ?? 0
    let page = try rows(.traces, [.integer(last), .integer(Self.page(limit))]) {
      try TraceTable.columns.record($0)
    }
    let old = page.prefix { $0.entry.at < time }
    var removed = 0
    for trace in old where trace.entry.action != TraceEntry.removal {
      guard let salted = trace.salted, trace.entry.item != nil || !trace.entry.subjectKey.isEmpty
      else { continue }
      removed += try change(
        .removePerson, [.blob(SHA256Digest.of(salted)), .integer(trace.number)])
    }
    if let end = old.last { try keep(.tracesRemoved, "\(end.number)") }
    return (removed, old.count < limit || page.isEmpty)
  }
}

extension TraceEntry {
  /// The word for that something was removed.
  public static let removal = "remove"
}

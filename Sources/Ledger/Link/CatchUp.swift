/// A catch-up that is under way: a peer's new store is told what happened to each item that concerns
/// it, item by item in the order of their rows.
///
/// How far it has come is kept with what it has put into the outbox, so that a cut neither repeats
/// nor loses anything. What happens to items that it has not reached waits for it: it brings them
/// whole, and in order.
public struct CatchUp: Sendable, Hashable {
  /// The store that is told: the identity of the peer's outbox.
  public var store: String
  /// Behind the last item that it has reached.
  public var reached: LedgerPlace

  /// What comes next.
  public struct Page: Sendable {
    /// The items to tell of.
    let items: [LedgerPlace]
    /// Behind the last item that was looked at; nil: there are no more.
    public let end: LedgerPlace?
    /// The last event that the ledger had then.
    let lastEvent: Int64
  }
}

extension Statement {
  static let catchUp = Statement(
    "the catch-up of a peer",
    "SELECT store, catch_up FROM outbox_peer WHERE division = ? AND catch_up IS NOT NULL")
  static let itemInRow = Statement(
    "an item by its row", "SELECT \(ItemTable.selected) FROM item WHERE number = ?")
  static let lastEvent = Statement("the last event", "SELECT max(number) FROM item_event")
  static let touchedSince = Statement(
    "the items to which something has happened since an event",
    "SELECT DISTINCT item FROM item_event WHERE number > ?")
  static let peerStore = Statement(
    "the store of a peer", "SELECT store FROM outbox_peer WHERE number = ?")
  static let meet = Statement(
    "note the store of a peer", "UPDATE outbox_peer SET store = ?, catch_up = ? WHERE number = ?")
  static let clearOutbox = Statement(
    "take everything out of an outbox", "DELETE FROM outbox WHERE peer = ?")
  static let acknowledgeAll = Statement(
    "note that nothing waits",
    "UPDATE outbox_peer SET acknowledged = last, acknowledged_head = head WHERE number = ?")
}

extension LedgerReader {
  /// The catch-up of a peer that is under way; nil: none.
  public func catchUp(of peer: String) throws -> CatchUp? {
    try row(.catchUp, [.text(peer)]) {
      CatchUp(store: $0.text(0), reached: LedgerPlace(behind: $0.int64(1)))
    }
  }

  /// The next items of a catch-up, at most `limit` that are wanted, among at most
  /// ``LedgerLimits/scannedRows``.
  public func page(
    of catchUp: CatchUp, limit: Int, where isWanted: (StoredItem) throws -> Bool
  ) throws -> CatchUp.Page {
    var items: [LedgerPlace] = []
    var end = catchUp.reached
    var scanned = 0
    try forRows(
      .itemsBehind, [.integer(catchUp.reached.number), .integer(LedgerLimits.scannedRows)]
    ) { row in
      let (item, number) = try ItemTable.place(row)
      scanned += 1
      end = LedgerPlace(behind: number)
      if try isWanted(item) { items.append(end) }
      return items.count < limit
    }
    let isLast = items.count < limit && scanned < LedgerLimits.scannedRows
    return CatchUp.Page(
      items: items, end: isLast ? nil : end, lastEvent: try integer(.lastEvent))
  }

  /// The page's items, and those on it to which something has happened since it was read.
  public func itemsNow(
    of page: CatchUp.Page, in catchUp: CatchUp
  ) throws -> [(item: StoredItem, place: LedgerPlace)] {
    let touched = try rows(.touchedSince, [.integer(page.lastEvent)]) { $0.int64(0) }
    let on = touched.filter {
      $0 > catchUp.reached.number && $0 <= page.end?.number ?? .max
    }
    return try Set(page.items.map(\.number) + on).sorted().compactMap { number in
      try row(.itemInRow, [.integer(number)], ItemTable.place).map {
        (item: $0.item, place: LedgerPlace(behind: $0.number))
      }
    }
  }
}

extension LedgerTransaction {
  /// Notes which store a peer has.
  ///
  /// One that was not told everything yet is caught up, from the first item on.
  ///
  /// - `store`: the identity of its outbox.
  /// - `inbox`: the identity of the outbox whose events it has; empty: it has none at all, and what
  ///   waits for it leaves the outbox, because the catch-up brings it, in order.
  ///
  /// Returns: whether a catch-up begins.
  @discardableResult
  public func meet(_ peer: String, store: String, inboxOf inbox: String) throws -> Bool {
    let number = StoredValue.integer(try tail(of: peer).peer)
    let known = try row(.peerStore, [number]) { $0.text(0) }
    if known == store { return false }
    // It was told before ledgers noted which store they tell.
    let isTold = try known == "" && inbox == outboxIdentity()
    try put(.meet, [.text(store), isTold ? .null : .integer(0 as Int64), number])
    if inbox.isEmpty {
      try put(.clearOutbox, [number])
      try put(.acknowledgeAll, [number])
    }
    return !isTold
  }

  /// Moves a peer's catch-up behind an item; nil: there are no more.
  public func moveCatchUp(of peer: String, to place: LedgerPlace?) throws {
    var tail = try tail(of: peer)
    tail.catchUp = place?.number
    keep(tail, of: peer)
  }

  /// Whether a peer's catch-up has still to come to an item.
  public func isAwaited(_ item: LedgerID, byCatchUpOf peer: String) throws -> Bool {
    let tail = try tail(of: peer)
    // Kept, because the event is appended next.
    keep(tail, of: peer)
    guard let reached = tail.catchUp, let place = try place(of: item) else { return false }
    return place.number > reached
  }
}

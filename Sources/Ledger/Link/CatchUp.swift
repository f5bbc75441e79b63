/// A catch-up that is under way: a peer's new store is told what happened to each item that concerns
/// it, item by item in the order of their rows.
///
/// How far it has come is kept with what it has put into the outbox, so that a cut neither repeats
/// nor loses anything. What happens to items that it has not reached waits for it: it brings them
/// whole, and in order.
public struct CatchUp: Sendable, Hashable {
  /// The store that is told: the identity of the peer's outbox.
  public var store: String
  /// The row of the last item that it has reached; 0: none yet.
  public var reached: Int64

  /// What comes next.
  public struct Page: Sendable {
    /// The rows of the items to tell of.
    public var rows: [Int64]
    /// The row up to which items were looked at; nil: there are no more.
    public var end: Int64?
    /// The last event that the ledger had then.
    let lastEvent: Int64
  }
}

extension LedgerReader {
  /// The catch-up of a peer that is under way; nil: none.
  public func catchUp(of peer: String) throws -> CatchUp? {
    try row(
      "SELECT store, catch_up FROM outbox_peer WHERE division = ? AND catch_up NOT NULL",
      [.text(peer)]
    ) { CatchUp(store: $0.text(0), reached: $0.int64(1)) }
  }

  /// The next items of a catch-up, at most `limit` that are wanted, among at most
  /// ``LedgerLimits/scannedRows``.
  public func page(
    of catchUp: CatchUp, limit: Int, where isWanted: (StoredItem) throws -> Bool
  ) throws -> CatchUp.Page {
    var rows: [Int64] = []
    var end = catchUp.reached
    var scanned = 0
    try settle()
    try PreparedStatement(
      "SELECT \(ItemColumns.item), number FROM item WHERE number > ? ORDER BY number LIMIT ?",
      in: database
    ).forRows([.integer(catchUp.reached), .integer(LedgerLimits.scannedRows)]) { row in
      scanned += 1
      end = row.int64(ItemColumns.number)
      if try isWanted(ItemColumns.item(row)) { rows.append(end) }
      return rows.count < limit
    }
    return CatchUp.Page(
      rows: rows, end: rows.count < limit && scanned < LedgerLimits.scannedRows ? nil : end,
      lastEvent: try integer("SELECT max(number) FROM item_event"))
  }

  /// The page's rows, and those on it to which something has happened since it was read.
  public func rowsNow(of page: CatchUp.Page, in catchUp: CatchUp) throws -> [Int64] {
    let touched = try rows(
      "SELECT DISTINCT item FROM item_event WHERE number > ?", [.integer(page.lastEvent)]
    ) { $0.int64(0) }
    let on = touched.filter { $0 > catchUp.reached && $0 <= page.end ?? .max }
    return Set(page.rows + on).sorted()
  }

  /// The item of a row.
  public func item(row number: Int64) throws -> StoredItem? {
    try row(
      "SELECT \(ItemColumns.item) FROM item WHERE number = ?", [.integer(number)],
      ItemColumns.item)
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
    let number = try tail(of: peer).peer
    let known = try row(
      "SELECT store FROM outbox_peer WHERE number = ?", [.integer(number)]
    ) { $0.text(0) }
    if known == store { return false }
    // It was told before ledgers noted which store they tell.
    let isTold = try known == "" && inbox == outboxIdentity()
    try execute(
      "UPDATE outbox_peer SET store = ?, catch_up = ? WHERE number = ?",
      [.text(store), isTold ? .null : .integer(0), .integer(number)])
    if inbox.isEmpty {
      try execute("DELETE FROM outbox WHERE peer = ?", [.integer(number)])
      try execute(
        "UPDATE outbox_peer SET acknowledged = last WHERE number = ?", [.integer(number)])
    }
    return !isTold
  }

  /// Moves a peer's catch-up to an item's row; nil: there are no more.
  public func moveCatchUp(of peer: String, to row: Int64?) throws {
    var tail = try tail(of: peer)
    tail.catchUp = row
    tails[peer] = tail
  }

  /// Whether a peer's catch-up has still to come to an item.
  public func isAwaited(_ item: LedgerID, byCatchUpOf peer: String) throws -> Bool {
    let tail = try tail(of: peer)
    // Kept, because the event is appended next.
    tails[peer] = tail
    guard let reached = tail.catchUp, let place = try place(of: item) else { return false }
    return place.number > reached
  }
}

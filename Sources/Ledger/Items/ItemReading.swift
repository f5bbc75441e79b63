public import ExchangeRules

extension LedgerReader {
  /// Everything that happened to an item, in the order in which it was taken here.
  ///
  /// Times are those of several clocks, and need not grow.
  public func events(of item: LedgerID) throws -> [StoredEvent] {
    try rows(
      """
      SELECT \(ItemColumns.event) FROM item_event JOIN item ON item.number = item_event.item
      WHERE item.id = ? ORDER BY item_event.number
      """, [.id(item)]
    ) { try ItemColumns.event($0) }
  }

  /// One event.
  public func event(_ id: LedgerID) throws -> StoredEvent? {
    try row(
      """
      SELECT \(ItemColumns.event) FROM item_event JOIN item ON item.number = item_event.item
      WHERE item_event.id = ?
      """, [.id(id)]
    ) { try ItemColumns.event($0) }
  }

  /// The item's first event of a kind.
  public func event(of item: LedgerID, _ kind: EventKind) throws -> StoredEvent? {
    try row(
      """
      SELECT \(ItemColumns.event) FROM item_event JOIN item ON item.number = item_event.item
      WHERE item.id = ? AND item_event.kind = ? ORDER BY item_event.number LIMIT 1
      """, [.id(item), .integer(kind.rawValue)]
    ) { try ItemColumns.event($0) }
  }

  /// The body of the item's first, or last, event of a kind: the item itself (`entered`), its
  /// submission (`submitted`), its answer (the last `answered`).
  public func body(
    of item: LedgerID, _ kind: EventKind, last: Bool = false
  ) throws -> [UInt8]? {
    try row(
      """
      SELECT body FROM item_event JOIN item ON item.number = item_event.item
      WHERE item.id = ? AND item_event.kind = ?
      ORDER BY item_event.number \(last ? "DESC" : "ASC")
      """, [.id(item), .integer(kind.rawValue)]
    ) { $0.blob(0) }
  }

  /// The items whose identity ends with these hexadecimal digits, the newest first, at most `limit`:
  /// two are enough to know that a short identity is not unique.
  ///
  /// It reads the index of identities from end to end: right for a person who typed one, not for a
  /// program.
  public func items(endingWith digits: String, limit: Int = 2) throws -> [LedgerID] {
    guard (1...32).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit })
    else { return [] }
    return try rows(
      "SELECT id FROM item WHERE hex(id) LIKE ? ORDER BY id DESC LIMIT ?",
      [.text("%" + digits), .integer(Self.page(limit))]
    ) { $0.id(0) }.compactMap { $0 }
  }

  /// A page size within the limit.
  static func page(_ limit: Int) -> Int { min(max(limit, 1), LedgerLimits.pageRows) }
}

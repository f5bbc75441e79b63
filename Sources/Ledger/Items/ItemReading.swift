public import ExchangeRules

extension Statement {
  /// Looked for only after the desk has been.
  static let itemByID = ofGathering(
    "an item by identity", "SELECT \(ItemTable.selected) FROM item WHERE item.id = ?")
  static let itemsBehind = Statement(
    "the items behind one",
    "SELECT \(ItemTable.selected) FROM item WHERE number > ? ORDER BY number LIMIT ?")
  static let itemsIn = Statement(
    "the items put to this node that stand in a state, behind one",
    """
    SELECT \(ItemTable.selected) FROM item WHERE state = ? AND inbound AND number > ?
    ORDER BY number LIMIT ?
    """)
  static let events = Statement(
    "the events of an item",
    """
    SELECT \(EventTable.selected) FROM \(EventTable.joined) WHERE item.id = ?
    ORDER BY item_event.number
    """)
  static let eventCount = Statement(
    "how many events an item has", "SELECT count(*) FROM item_event WHERE item = ?")
  static let event = Statement(
    "an event by identity",
    "SELECT \(EventTable.selected) FROM \(EventTable.joined) WHERE item_event.id = ?")
  static let firstEvent = Statement(
    "the first event of a kind",
    """
    SELECT \(EventTable.selected) FROM \(EventTable.joined)
    WHERE item.id = ? AND item_event.kind = ? ORDER BY item_event.number LIMIT 1
    """)
  static let firstBody = Statement(
    "the body of the first event of a kind",
    """
    SELECT item_event.body FROM \(EventTable.joined)
    WHERE item.id = ? AND item_event.kind = ? AND item_event.body_digest = x''
    ORDER BY item_event.number LIMIT 1
    """)
}

extension LedgerReader {
  /// The item's columns; inside a commit as the request has made them.
  public func item(_ id: LedgerID) throws -> StoredItem? {
    if let transaction = self as? LedgerTransaction { return try transaction.place(of: id)?.item }
    return try row(.itemByID, [.id(id)]) { try ItemTable.columns.record($0) }
  }

  /// All items in the order in which they came, at most `limit` behind `place`.
  public func items(
    after place: LedgerPlace, limit: Int = LedgerLimits.pageRows
  ) throws -> [(item: StoredItem, place: LedgerPlace)] {
    try rows(.itemsBehind, [.integer(place.number), .integer(Self.page(limit))], Self.placed)
  }

  /// The items put to this node that stand in a state, in the order in which they came, at most
  /// `limit` behind `place`.
  public func items(
    in state: ItemState, after place: LedgerPlace, limit: Int
  ) throws -> [(item: StoredItem, place: LedgerPlace)] {
    try rows(
      .itemsIn,
      [.integer(state.rawValue), .integer(place.number), .integer(Self.page(limit))], Self.placed)
  }

  private static func placed(
    _ row: any EngineRow
  ) throws -> (item: StoredItem, place: LedgerPlace) {
    let (item, number) = try ItemTable.place(row)
    return (item, LedgerPlace(behind: number))
  }

  /// Everything that happened to an item, in the order in which it was taken here.
  ///
  /// Times are those of several clocks, and need not grow.
  public func events(of item: LedgerID) throws -> [StoredEvent] {
    try rows(.events, [.id(item)]) { try EventTable.event($0) }
  }

  /// One event.
  public func event(_ id: LedgerID) throws -> StoredEvent? {
    try row(.event, [.id(id)]) { try EventTable.event($0) }
  }

  /// The item's first event of a kind.
  public func event(of item: LedgerID, _ kind: EventKind) throws -> StoredEvent? {
    try row(.firstEvent, [.id(item), .integer(kind.rawValue)]) { try EventTable.event($0) }
  }

  /// The body of the item's first event of a kind: the item itself (`entered`), its submission
  /// (`submitted`); nil also where it was removed.
  public func body(of item: LedgerID, _ kind: EventKind) throws -> [UInt8]? {
    try row(.firstBody, [.id(item), .integer(kind.rawValue)]) { $0.blob(0) }
  }
}

extension LedgerTransaction {
  /// The items that the request works on.
  var desk: ItemDesk { gathered(ItemDesk.self) }

  /// How many events an item has; 0 when it is not here.
  public func eventCount(of item: LedgerID) throws -> Int {
    guard let place = try place(of: item) else { return 0 }
    return try row(.eventCount, [.integer(place.number)]) { $0.int(0) } ?? 0
  }

  /// The item on the request's desk, fetched when it is not there; nil when it is not here at all.
  func place(of id: LedgerID) throws -> ItemDesk.Place? {
    let desk = desk
    if let place = desk[id] { return place }
    guard let found = try row(.itemByID, [.id(id)], ItemTable.place) else { return nil }
    desk.put(found.item, number: found.number)
    return desk[id]
  }
}

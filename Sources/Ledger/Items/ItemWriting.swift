public import ExchangeRules

/// What became of something that was to be stored once.
public enum InsertOutcome: Sendable, Hashable {
  /// It is stored now.
  case new
  /// It was here already, the same; nothing was done.
  case known
  /// Its identity was here already with other content; nothing was done.
  case conflict
}

/// Who wrote an event.
public enum EventSource: Sendable, Hashable {
  /// This node.
  case here
  /// Another one, whose seal it bears.
  case elsewhere
}

extension Statement {
  static let insertEvent = Statement(
    "store an event", "\(EventTable.insertion) ON CONFLICT (id) DO NOTHING")
}

extension LedgerTransaction {
  /// Stores an item and the event of its entry.
  ///
  /// An item is the same when its identity and its entered body are: another event identity or time
  /// (an operator tried again) changes nothing.
  public func insert(
    _ item: StoredItem, entered event: StoredEvent, called digest: EventDigest,
    from source: EventSource, at now: Int64
  ) throws -> InsertOutcome {
    guard event.kind == .entered, event.item == item.id else {
      throw LedgerFailure(.invalid, "an item is stored with the event of its own entry")
    }
    guard try place(of: item.id) == nil else {
      return try holdsBody(event.body, enteredFor: item.id) ? .known : .conflict
    }
    var item = item
    if item.times.entered == 0 { item.times.entered = event.at }
    let number = try desk.put(new: item) { try row(.lastItem) { $0.int64(0) } ?? 0 }
    // No item without its entry: another item's event may have this identity.
    var isEntered = false
    defer { if !isEntered { desk.takeBack(new: item.id) } }
    isEntered = try add(event, digest, ofItem: number, from: source, at: now)
    guard isEntered else { return .conflict }
    return .new
  }

  /// Stores an event of an item that is here, and enters it into the log: under its digest, at this
  /// node's time in milliseconds since 1970.
  ///
  /// - Throws: ``LedgerFailure/Reason/unknownItem`` when the item is not.
  public func insert(
    _ event: StoredEvent, called digest: EventDigest, from source: EventSource, at now: Int64
  ) throws -> InsertOutcome {
    guard let place = try place(of: event.item) else {
      throw LedgerFailure(.unknownItem, "item \(event.item) is not here; send its entry first")
    }
    if try add(event, digest, ofItem: place.number, from: source, at: now) { return .new }
    return try self.event(event.id) == event ? .known : .conflict
  }

  /// Stores an event; false where one of its identity is here.
  private func add(
    _ event: StoredEvent, _ digest: EventDigest, ofItem number: Int64, from source: EventSource,
    at now: Int64
  ) throws -> Bool {
    guard event.body.count <= LedgerLimits.bodyBytes else {
      throw LedgerFailure(
        .invalid, "an event of \(event.body.count) bytes is over the \(LedgerLimits.bodyBytes)")
    }
    var event = event
    let isEntered = source == .here || !event.seal.isEmpty
    if isEntered { event.place = try nextLogPlace() }
    guard let row = try insert(.insertEvent, EventTable.values(event, ofItem: number)) else {
      return false
    }
    if isEntered {
      enter(source == .here ? .written(digest.bytes) : .taken(digest.bytes), at: now)
    }
    desk.put(event: event.id, number: row)
    return true
  }

  /// Changes columns of an item.
  ///
  /// Returns false when no such item is here.
  @discardableResult
  public func update(_ item: LedgerID, _ change: ItemChange) throws -> Bool {
    guard try place(of: item) != nil else { return false }
    return desk.change(item) { change.apply(to: &$0) }
  }

  /// Gives an item other columns.
  ///
  /// Returns false when no such item is here.
  @discardableResult
  public func rewrite(_ item: StoredItem) throws -> Bool {
    guard try place(of: item.id) != nil else { return false }
    return desk.change(item.id) { $0 = item }
  }

  private func holdsBody(_ body: [UInt8], enteredFor item: LedgerID) throws -> Bool {
    try row(.firstBody, [.id(item), .integer(EventKind.entered.rawValue)]) {
      $0.holds(body, at: 0)
    } ?? false
  }
}

internal import ExchangeRules

extension Statement {
  static let insertItem = ofGathering("store an item", ItemTable.columns.insert(and: "number"))
  /// Looked for only where no new item is gathered.
  static let lastItem = ofGathering("the last row of an item", "SELECT max(number) FROM item")
  static let changeItem = StatementFamily<ColumnSet> { set in
    ofGathering("change an item", ItemTable.columns.update(set, where: "number = ?"))
  }
}

/// The items that one request works on: each is read once and written once, with everything that
/// the request changed in it.
///
/// An item that comes with its whole history costs one change of its row and of the row's indexes,
/// not one an event.
final class ItemDesk: Gathering {
  /// An item on the desk; whoever holds its place sees what the request changes.
  final class Place {
    /// Its row.
    let number: Int64
    /// As the row has it; nil while there is no row yet.
    let stored: StoredItem?
    /// As the request has made it.
    fileprivate(set) var item: StoredItem
    fileprivate var isChanged: Bool

    fileprivate init(_ item: StoredItem, number: Int64, isStored: Bool) {
      self.number = number
      stored = isStored ? item : nil
      self.item = item
      isChanged = !isStored
    }
  }

  static let table = Table.item

  private var places: [LedgerID: Place] = [:]
  private var changed: [Place] = []
  /// The rows of the events that the request stored.
  private(set) var events: [LedgerID: Int64] = [:]

  init() {}

  subscript(item: LedgerID) -> Place? { places[item] }

  /// The last row that the request has given to a new item.
  private var lastNumber: Int64?

  /// Lays an item down as its row has it.
  func put(_ item: StoredItem, number: Int64) {
    places[item.id] = Place(item, number: number, isStored: true)
  }

  /// Lays a new item down: its row, behind all others, is written with all that the request makes
  /// of it.
  ///
  /// `last` tells the last row of the table.
  func put(new item: StoredItem, last: () throws -> Int64) rethrows -> Int64 {
    let number = try (lastNumber ?? last()) + 1
    lastNumber = number
    let place = Place(item, number: number, isStored: false)
    places[item.id] = place
    changed.append(place)
    return number
  }

  /// Takes an item that was laid down last, and has no row, away again.
  func takeBack(new item: LedgerID) {
    places[item] = nil
    changed.removeLast()
  }

  func put(event: LedgerID, number: Int64) { events[event] = number }

  /// Changes an item that lies here; false when it does not.
  func change(_ item: LedgerID, _ change: (inout StoredItem) -> Void) -> Bool {
    guard let place = places[item] else { return false }
    change(&place.item)
    if !place.isChanged { changed.append(place) }
    place.isChanged = true
    return true
  }

  func write(in ledger: LedgerTransaction) throws {
    let written = changed
    forget()
    var figures = FigureChange()
    for place in written {
      try write(place, in: ledger)
      figures.add(from: place.stored?.counted, to: place.item.counted)
    }
    try ledger.add(figures)
  }

  private func write(_ place: Place, in ledger: LedgerTransaction) throws {
    guard let stored = place.stored else {
      try ledger.put(
        .insertItem, ItemTable.columns.values(of: place.item, and: .integer(place.number)))
      return
    }
    let set = ItemTable.columns.changed(from: stored, to: place.item)
    if set.isEmpty { return }
    try ledger.put(
      Statement.changeItem[set],
      ItemTable.columns.values(set, of: place.item, and: .integer(place.number)))
  }

  func forget() {
    lastNumber = nil
    places.removeAll(keepingCapacity: true)
    changed.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
  }
}

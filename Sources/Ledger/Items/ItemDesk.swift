internal import ExchangeRules

extension Statement {
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
    /// As the row has it.
    let stored: StoredItem
    /// As the request has made it.
    fileprivate(set) var item: StoredItem
    fileprivate var isChanged = false

    fileprivate init(_ item: StoredItem, number: Int64) {
      self.number = number
      stored = item
      self.item = item
    }
  }

  static let table = Table.item

  private var places: [LedgerID: Place] = [:]
  private var changed: [Place] = []
  /// The rows of the events that the request stored.
  private(set) var events: [LedgerID: Int64] = [:]

  init() {}

  subscript(item: LedgerID) -> Place? { places[item] }

  func put(_ item: StoredItem, number: Int64) {
    places[item.id] = Place(item, number: number)
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
      let set = ItemTable.columns.changed(from: place.stored, to: place.item)
      if set.isEmpty { continue }
      try ledger.change(
        Statement.changeItem[set],
        ItemTable.columns.values(set, of: place.item, and: .integer(place.number)))
      figures.add(from: place.stored.counted, to: place.item.counted)
    }
    try ledger.add(figures)
  }

  func forget() {
    places.removeAll(keepingCapacity: true)
    changed.removeAll(keepingCapacity: true)
    events.removeAll(keepingCapacity: true)
  }
}

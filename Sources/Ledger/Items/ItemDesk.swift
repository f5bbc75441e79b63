/// The items that one request works on: each is read once and written once, with everything that
/// the request changed in it.
///
/// An item that comes with its whole history costs one change of its row and of the row's indexes,
/// not one an event.
struct ItemDesk {
  /// An item on the desk.
  struct Place {
    /// Its row.
    let number: Int64
    /// As the row has it.
    var stored: StoredItem
    /// As the request has made it.
    var item: StoredItem
  }

  private var places: [LedgerID: Place] = [:]
  private var changed: [LedgerID] = []
  /// The rows of the events that the request stored.
  private(set) var events: [LedgerID: Int64] = [:]

  subscript(item: LedgerID) -> Place? { places[item] }

  mutating func put(_ item: StoredItem, number: Int64) {
    places[item.id] = Place(number: number, stored: item, item: item)
  }

  mutating func put(event: LedgerID, number: Int64) { events[event] = number }

  /// Changes an item that lies here; false when it does not.
  mutating func change(_ item: LedgerID, _ change: ItemChange) -> Bool {
    guard var place = places[item] else { return false }
    change.apply(to: &place.item)
    places[item] = place
    changed.append(item)
    return true
  }

  /// Hands out what has to be written, each item once, and clears the desk.
  mutating func clear() -> [Place] {
    var written: [Place] = []
    for item in changed {
      guard var place = places[item], place.item != place.stored else { continue }
      written.append(place)
      place.stored = place.item
      places[item] = place
    }
    self = ItemDesk()
    return written
  }
}

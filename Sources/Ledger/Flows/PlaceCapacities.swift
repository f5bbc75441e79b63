/// How many persons a place can take, as somebody has set it (S13.1).
public struct StoredCapacity: Sendable, Hashable {
  /// The place's code.
  public var place: String
  /// Persons.
  public var capacity: Int64
  /// When it was set: milliseconds since 1970.
  public var at: Int64
  /// Who set it.
  public var actor: LedgerActor

  /// A capacity.
  public init(place: String, capacity: Int64, at: Int64, actor: LedgerActor) {
    self.place = place
    self.capacity = capacity
    self.at = at
    self.actor = actor
  }
}

private enum PlaceCapacityTable {
  static let columns = Columns(
    .placeCapacity,
    readingFrom: StoredCapacity(place: "", capacity: 0, at: 0, actor: .blank),
    [Column("place", \.place), Column("capacity", \.capacity), Column("at", \.at)]
      + Column.actor(\.actor))
}

extension Statement {
  static let capacities = Statement(
    "the capacities of places",
    """
    SELECT \(PlaceCapacityTable.columns.selected) FROM place_capacity
    WHERE place BETWEEN ? AND ? ORDER BY place
    """)
  static let setCapacity = Statement(
    "set the capacity of a place",
    """
    \(PlaceCapacityTable.columns.insert()) ON CONFLICT (place) DO UPDATE
    SET capacity = excluded.capacity, at = excluded.at, account = excluded.account,
      role = excluded.role, division = excluded.division
    """)
  static let removeCapacity = Statement(
    "take a place's capacity away", "DELETE FROM place_capacity WHERE place = ?")
}

extension LedgerReader {
  /// The capacities of places whose codes begin with these digits, by the places.
  public func capacities(within digits: String) throws -> [StoredCapacity] {
    try rows(.capacities, [.text(digits), .text(digits + ":")]) {
      try PlaceCapacityTable.columns.record($0)
    }
  }
}

extension LedgerTransaction {
  /// Sets a place's capacity, or takes it away where it is 0.
  public func set(_ capacity: StoredCapacity) throws {
    if capacity.capacity == 0 {
      try put(.removeCapacity, [.text(capacity.place)])
    } else {
      try put(.setCapacity, PlaceCapacityTable.columns.values(of: capacity))
    }
  }
}

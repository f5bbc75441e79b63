public import ExchangeRules

/// What a combined query asks of an item's columns (S10.3); what is not set is not asked.
public struct ItemConditions: Sendable, Hashable {
  /// Only items put to this node's side.
  public var isInbound = false
  /// Only items put by this node's side.
  public var isOutbound = false
  /// Only items of this kind.
  public var kind: ItemKind?
  /// Only items of one of these categories; empty: of any.
  public var categories: Set<Category> = []
  /// Only items in one of these states; empty: in any.
  public var states: Set<ItemState> = []
  /// Only items of one of these urgencies; empty: of any, also without one.
  public var urgencies: Set<Urgency> = []
  /// Only items with one of these findings; empty: with any or none.
  public var findings: Set<Finding> = []
  /// Only items submitted on this day (yyyymmdd) or later; 0: also those that are not.
  public var from: Int32 = 0
  /// Only items submitted on this day (yyyymmdd) or earlier.
  public var through = Int32.max
  /// Only items whose masked name is this.
  public var maskedName: String?
  /// Only items of the person with one of these keys; nil: whoever it is, and only what was submitted.
  public var subjectKeys: [String]?
  /// Only items that touch this place.
  public var place: ItemReach?
  /// Only items within this reach; nil: of whatever division.
  public var reach: ItemReach?

  /// Conditions that every item meets.
  public init() {}

  /// Which texts the conditions need; their values are others.
  struct Shape: Hashable {
    /// How many keys a person is looked for under; nil: no person is.
    var keys: Int?
    var reaches: [String]
  }

  var shape: Shape {
    Shape(keys: subjectKeys?.count, reaches: [place, reach].compactMap { $0?.condition.sql })
  }

  /// What every shape asks: a set is the bits of its numbers, no set is all bits.
  static let condition = """
    \(bits("kind")) AND \(bits("category")) AND \(bits("state"))
      AND \(bits("urgency")) AND \(bits("finding"))
      AND (inbound OR ?) AND (outbound OR ?) AND (? = '' OR masked_name = ?)
      AND submitted BETWEEN ? AND ?
    """

  /// The values of ``condition``, and of the reaches behind it.
  var values: [StoredValue] {
    let name = StoredValue.text(maskedName ?? "")
    return [
      Self.bits(kind.map { [$0] } ?? []), Self.bits(categories), Self.bits(states),
      Self.bits(urgencies), Self.bits(findings), .flag(!isInbound), .flag(!isOutbound), name, name,
      .integer(from), .integer(through),
    ] + [place, reach].compactMap(\.self).flatMap(\.condition.values)
  }

  /// How far a number is moved is an `INTEGER`, while a column may be wider.
  private static func bits(_ column: String) -> String {
    "(? >> CAST(\(column) AS INTEGER)) & 1 = 1"
  }

  private static func bits<Word: RawRepresentable<Int>>(_ set: Set<Word>) -> StoredValue {
    .integer(set.isEmpty ? Int64.max : set.reduce(0) { $0 | 1 << Int64($1.rawValue) })
  }
}

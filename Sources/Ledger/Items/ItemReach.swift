/// The divisions whose items somebody may see: a part of each question, never a filter afterwards.
///
/// An item is within reach if the place where it was entered, the one it was given to or taken from
/// again, or one of its two counties is.
public enum ItemReach: Sendable, Hashable {
  /// One division.
  case only(String)
  /// All whose codes begin with these digits.
  case digits(String)
  /// None at all.
  case nothing

  /// Whether a division is within reach.
  public func covers(_ division: String) -> Bool {
    switch self {
    case .only(let only): division == only
    case .digits(let digits): division.utf8.starts(with: digits.utf8)
    case .nothing: false
    }
  }

  private static let columns = [
    "entered_at", "assigned_to", "from_county", "to_county", "taken_from",
  ]

  /// What it asks of an item's row.
  var condition: (sql: String, values: [StoredValue]) {
    let term: String
    let values: [StoredValue]
    switch self {
    case .nothing: return ("FALSE", [])
    case .only(let division):
      (term, values) = ("= ?", [.text(division)])
    case .digits(let digits):
      // ':' stands behind '9'.
      (term, values) = ("BETWEEN ? AND ?", [.text(digits), .text(digits + ":")])
    }
    let sql = Self.columns.map { "\($0) \(term)" }.joined(separator: " OR ")
    return ("(\(sql))", Self.columns.flatMap { _ in values })
  }
}

extension StoredItem {
  /// Whether the item is within reach.
  public func isWithin(_ reach: ItemReach) -> Bool {
    [enteredAt, assignedTo, from, to, takenFrom].contains(where: reach.covers)
  }
}

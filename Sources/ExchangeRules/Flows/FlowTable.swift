/// Persons by two of their properties, as it may be published (S13.1): no cell of fewer than five
/// persons is shown or can be computed from what is.
///
/// - A row or column of fewer than five persons is merged with others, so that every total has at
///   least five and is shown.
/// - A cell of fewer than five is suppressed, and so are others, until no suppressed cell under five
///   follows from the totals (``FlowSuppression``). All that is suppressed bears one sign.
/// - Where that cannot be reached, no cell is shown, the totals alone.
public struct FlowTable<
  Row: Hashable & Sendable & Comparable, Column: Hashable & Sendable & Comparable
>:
  Sendable
{
  /// A row or column: one key, or those that are too small to stand alone.
  public enum Line<Key: Hashable & Sendable>: Hashable, Sendable {
    /// One of its own.
    case one(Key)
    /// All others together.
    case others
  }

  /// Fewer persons than this are suppressed.
  public static var least: Int { FlowSuppression.least }

  /// The rows, in the order of their keys, the others last.
  public let rows: [Line<Row>]
  /// The columns, in the order of their keys, the others last.
  public let columns: [Line<Column>]
  /// The persons of each row.
  public let rowTotals: [Int]
  /// The persons of each column.
  public let columnTotals: [Int]
  /// All persons.
  public let total: Int
  /// The cells by row and column; nil: suppressed.
  public let cells: [[Int?]]

  /// The table of persons; nil where there are fewer than five in all: then nothing is published.
  ///
  /// - Parameter counts: How many persons of each row and column; never negative.
  public init?(_ counts: [Row: [Column: Int]]) {
    var byRow: [Row: Int] = [:]
    var byColumn: [Column: Int] = [:]
    for (row, cells) in counts {
      for (column, count) in cells where count > 0 {
        byRow[row, default: 0] += count
        byColumn[column, default: 0] += count
      }
    }
    total = byRow.values.reduce(0, +)
    guard total >= Self.least else { return nil }
    let ownRows = Self.standingAlone(byRow)
    let ownColumns = Self.standingAlone(byColumn)
    rows = ownRows.map(Line.one) + (ownRows.count < byRow.count ? [.others] : [])
    columns = ownColumns.map(Line.one) + (ownColumns.count < byColumn.count ? [.others] : [])
    let rowPlaces = Dictionary(uniqueKeysWithValues: zip(ownRows, ownRows.indices))
    let columnPlaces = Dictionary(uniqueKeysWithValues: zip(ownColumns, ownColumns.indices))
    var known = Array(repeating: Array(repeating: 0, count: columns.count), count: rows.count)
    for (row, cells) in counts {
      for (column, count) in cells where count > 0 {
        known[rowPlaces[row] ?? ownRows.count][columnPlaces[column] ?? ownColumns.count] += count
      }
    }
    rowTotals = known.map { $0.reduce(0, +) }
    columnTotals = columns.indices.map { column in known.reduce(0) { $0 + $1[column] } }
    let isSuppressed = FlowSuppression.suppressed(in: known)
    cells = known.enumerated().map { row, counts in
      counts.enumerated().map { column, count in isSuppressed[row][column] ? nil : count }
    }
  }

  /// The rows with the most persons, the largest first, those that are merged left out.
  public func largestRows(_ count: Int) -> [(row: Row, persons: Int)] {
    Self.largest(count, rows, rowTotals).map { (row: $0.0, persons: $0.1) }
  }

  /// The columns with the most persons, the largest first, those that are merged left out.
  public func largestColumns(_ count: Int) -> [(column: Column, persons: Int)] {
    Self.largest(count, columns, columnTotals).map { (column: $0.0, persons: $0.1) }
  }

  private static func largest<Key>(
    _ count: Int, _ lines: [Line<Key>], _ totals: [Int]
  ) -> [(Key, Int)] {
    let own = zip(lines, totals).compactMap { line, persons in
      if case .one(let key) = line { (key, persons) } else { nil }
    }
    // Equal ones stay in the order of their keys.
    return Array(
      own.enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
        .map(\.element).prefix(count))
  }

  /// The keys that are not merged: those of at least five persons, but the smallest where the merged
  /// ones alone would be fewer than five.
  private static func standingAlone<Key: Hashable & Comparable>(_ totals: [Key: Int]) -> [Key] {
    let sizes = totals.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    var merged = sizes.prefix { $0.value < least }.count
    if merged > 0 {
      while merged < sizes.count, sizes[..<merged].reduce(0, { $0 + $1.value }) < least {
        merged += 1
      }
    }
    return sizes[merged...].map(\.key).sorted()
  }
}

/// A table for the terminal: columns align also where Chinese and Latin text mix, and it fits the
/// width given, cutting long cells with `…`.
public struct TextTable: Sendable {
  /// How a column is laid out.
  public struct Column: Sendable {
    /// The heading.
    public var title: String
    /// Whether cells end at the column's right edge, as numbers do.
    public var alignsRight: Bool
    /// Whether its cells are never cut: ids, dates and codes are useless in part.
    public var isWhole: Bool

    /// Describes a column.
    public init(_ title: String, alignsRight: Bool = false, isWhole: Bool = false) {
      self.title = title
      self.alignsRight = alignsRight
      self.isWhole = isWhole
    }
  }

  /// No cell is cut below this many columns: two Chinese characters and the mark.
  private static let narrowestCell = 5
  private static let gap = "  "

  /// The columns, from left to right.
  public var columns: [Column]
  /// The rows; a row with fewer cells than columns ends in empty ones.
  public private(set) var rows: [[String]] = []

  /// A table without rows.
  public init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Adds a row.
  ///
  /// Line breaks and other control characters in it become spaces, so that no content from outside
  /// moves the cursor of the reader's terminal.
  public mutating func add(_ cells: [String]) {
    rows.append(cells.prefix(columns.count).map(TerminalLine.safe))
  }

  /// The table's lines, each ended by a line feed; `width` in terminal columns, nil for no limit.
  public func text(width: Int?) -> String {
    let widths = fitted(to: width)
    let rule = widths.map { String(repeating: "─", count: $0) }
    let lines = [columns.map(\.title), rule] + rows
    return lines.map { line(of: $0, widths: widths, limit: width) + "\n" }.joined()
  }

  private func line(of cells: [String], widths: [Int], limit: Int?) -> String {
    var parts: [String] = []
    for (index, width) in widths.enumerated() {
      let cell = DisplayWidth.cut(index < cells.count ? cells[index] : "", to: width)
      parts.append(DisplayWidth.pad(cell, to: width, atEnd: !columns[index].alignsRight))
    }
    var line = parts.joined(separator: TextTable.gap)
    while line.last == " " { line.removeLast() }
    // Whole columns alone can be wider than a very narrow terminal.
    if let limit { line = DisplayWidth.cut(line, to: limit) }
    return line
  }

  /// The columns' widths: as wide as their content, and where that is too wide, taken from the
  /// widest column that may be cut, one terminal column at a time.
  private func fitted(to limit: Int?) -> [Int] {
    var widths = columns.indices.map { index in
      rows.reduce(DisplayWidth.of(columns[index].title)) { widest, row in
        max(widest, index < row.count ? DisplayWidth.of(row[index]) : 0)
      }
    }
    guard let limit else { return widths }
    let gaps = TextTable.gap.count * max(0, columns.count - 1)
    var excess = widths.reduce(gaps, +) - limit
    while excess > 0 {
      let widest = columns.indices
        .filter { !columns[$0].isWhole && widths[$0] > TextTable.narrowestCell }
        .max { widths[$0] < widths[$1] }
      guard let widest else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }
}

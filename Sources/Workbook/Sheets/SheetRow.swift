/// A row of a sheet that holds anything.
public struct SheetRow: Sendable, Hashable {
  /// What keeps a cell from being read.
  public enum Fault: Sendable, Hashable {
    /// A formula whose value the file does not hold: the program that wrote it did not calculate.
    case noValue
    /// The cell lies in a merged area whose content stands in another cell.
    case merged(into: CellPlace)
    /// A number that is shown as a day, and is none.
    case noSuchDay
  }

  /// As the sheet numbers it, from 1.
  public var number: Int
  /// The cells' texts in UTF-8, from the first column on; empty where there is none.
  public var cells: [[UInt8]]
  /// Cells that cannot be read, by column; their text is empty.
  public var faults: [Int: Fault] = [:]
  /// Whether the sheet hides the row, by a filter or by hand.
  public var isHidden = false
  /// Whether a cell is longer than ``WorkbookLimits/cellBytes``.
  public var isTooLong = false
  /// Whether there are cells behind ``WorkbookLimits/cellsPerRow``.
  public var hasTooManyCells = false

  var isBlank: Bool {
    !isTooLong && !hasTooManyCells && cells.allSatisfy(\.isEmpty)
      && faults.values.allSatisfy { if case .merged = $0 { true } else { false } }
  }
}

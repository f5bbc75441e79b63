/// One record of a case file: its cells as bytes, in the file's own encoding; those of a workbook in
/// UTF-8.
public struct FileRecord: Sendable, Hashable {
  /// What is wrong with the record's form.
  ///
  /// Its cells are still given as far as they were read.
  public enum Problem: Sendable, Hashable {
    /// A cell begins with a quote that is not closed before the limit or the end of the file.
    case unclosedQuote
    /// A cell or the record is longer than ``CaseFileLimits`` allows.
    case tooLong
    /// There are more cells than ``CaseFileLimits/cellsPerRecord``.
    case tooManyCells
  }

  /// The line of the file where the record starts, or the row of the sheet, from 1.
  public var line: Int
  /// The cells, unquoted.
  public var cells: [[UInt8]]
  /// What is wrong with the form, if anything is.
  public var problem: Problem?
  /// Cells of a workbook that have no value, by column; their bytes are empty.
  public var faults: [Int: CellFault] = [:]
  /// Whether the sheet hides the row, by a filter or by hand.
  public var isHidden = false

  /// A record with its cells.
  public init(line: Int, cells: [[UInt8]], problem: Problem? = nil) {
    self.line = line
    self.cells = cells
    self.problem = problem
  }

  /// Whether there is nothing in it: an empty line, or only separators as spreadsheets leave them.
  public var isBlank: Bool {
    problem == nil && faults.isEmpty
      && cells.allSatisfy { $0.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
  }
}

/// One record of a CSV file: its cells as bytes, in the file's own encoding.
public struct CSVRecord: Sendable, Hashable {
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

  /// The line of the file where the record starts, from 1.
  public var line: Int
  /// The cells, unquoted.
  public var cells: [[UInt8]]
  /// What is wrong with the form, if anything is.
  public var problem: Problem?

  /// A record with its cells.
  public init(line: Int, cells: [[UInt8]], problem: Problem? = nil) {
    self.line = line
    self.cells = cells
    self.problem = problem
  }

  /// Whether there is nothing in it: an empty line, or only separators as spreadsheets leave them.
  public var isBlank: Bool {
    problem == nil && cells.allSatisfy { $0.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
  }
}

/// A row that is not taken, with all that is wrong with it.
public struct RejectedRow: Sendable, Hashable {
  /// The line of the file where the row starts, from 1.
  public var line: Int
  /// The cells as they stand in the file, in its encoding.
  public var cells: [[UInt8]]
  /// What is wrong; at least one.
  public var problems: [RowProblem]

  /// A row with its problems.
  public init(line: Int, cells: [[UInt8]], problems: [RowProblem]) {
    self.line = line
    self.cells = cells
    self.problems = problems
  }
}

import CaseFile

/// Rows of a case file that were not taken, to be corrected on a page.
struct OutstandingRows: Sendable {
  /// A row that is to be corrected.
  struct Row: Sendable {
    /// The line of the file, from 1.
    var line: Int
    /// A cell for each heading.
    var cells: [String]
    /// What is wrong with it.
    var problems: [RowProblem]
  }

  /// The headings of the file, and those that it lacks and a row needs.
  private(set) var headings: [String] = []
  /// By line.
  private(set) var rows: [Row] = []

  /// Takes rows in, under the headings of their file.
  mutating func add(_ headings: [String], _ rejected: [(row: RejectedRow, texts: [String])]) {
    for heading in headings where !self.headings.contains(heading) {
      self.headings.append(heading)
    }
    for row in rejected.map(\.row) {
      for problem in row.problems where !problem.heading.isEmpty {
        if !self.headings.contains(problem.heading) { self.headings.append(problem.heading) }
      }
    }
    for (row, texts) in rejected where rows.count < DeskLimits.outstandingRows {
      var cells = [String](repeating: "", count: self.headings.count)
      for (heading, text) in zip(headings, texts) {
        if let place = self.headings.firstIndex(of: heading) { cells[place] = text }
      }
      rows.append(Row(line: row.line, cells: cells, problems: row.problems))
    }
    rows.sort { $0.line < $1.line }
  }

  /// Leaves out the rows of some lines: they were sent again.
  mutating func remove(_ lines: Set<Int>) { rows.removeAll { lines.contains($0.line) } }
}

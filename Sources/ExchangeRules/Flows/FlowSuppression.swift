/// Which cells of a table with published totals are suppressed (S13.1).
///
/// Whoever reads the table knows its totals and all other cells. He is also taken to know which of the
/// suppressed cells are those under five, 0 through 4, and which are suppressed for their sake, 5 or
/// more. Even then each cell under five could have another value.
enum FlowSuppression {
  /// Fewer persons than this are suppressed (S13.1).
  static let least = 5

  /// The cells to be suppressed.
  ///
  /// - Parameter counts: All rows of one length; each row and column of at least ``least`` persons.
  /// - Returns: For each cell, whether it is suppressed; all of them where less would not do.
  static func suppressed(in counts: [[Int]]) -> [[Bool]] {
    var search = Search(counts)
    // Where no cell is shown nobody can know which of them are small, and each total has at least five
    // persons: then each cell under five could have five values at least.
    return search.protectAll()
      ? search.isSuppressed : counts.map { $0.map { _ in true } }
  }

  /// Whether a suppressed cell could have another value, the totals and all other cells being known.
  static func isProtected(
    _ row: Int, _ column: Int, in counts: [[Int]], suppressed: [[Bool]]
  ) -> Bool {
    var search = Search(counts)
    search.isSuppressed = suppressed
    return search.isProtected(row, column)
  }

  private struct Search {
    let counts: [[Int]]
    var isSuppressed: [[Bool]]

    init(_ counts: [[Int]]) {
      self.counts = counts
      isSuppressed = counts.map { $0.map { $0 < least } }
    }

    /// False where a cell cannot be protected.
    mutating func protectAll() -> Bool {
      for row in counts.indices {
        for column in counts[row].indices where counts[row][column] < least {
          if !isProtected(row, column), !protect(row, column) { return false }
        }
      }
      return true
    }

    /// Suppresses the three other corners of a rectangle, those with the fewest persons that give the
    /// cell room; where no rectangle alone does, as many as it takes.
    private mutating func protect(_ row: Int, _ column: Int) -> Bool {
      var corners: [(persons: Int, row: Int, column: Int)] = []
      for other in counts.indices where other != row {
        for beside in counts[row].indices where beside != column {
          let shown = [(row, beside), (other, column), (other, beside)].filter {
            !isSuppressed[$0.0][$0.1]
          }
          let persons = shown.reduce(0) { $0 + counts[$1.0][$1.1] }
          corners.append((persons, other, beside))
        }
      }
      let before = isSuppressed
      corners.sort(by: <)
      for isAlone in [true, false] {
        for corner in corners {
          if isAlone { isSuppressed = before }
          isSuppressed[row][corner.column] = true
          isSuppressed[corner.row][column] = true
          isSuppressed[corner.row][corner.column] = true
          if isProtected(row, column) { return true }
        }
      }
      return false
    }

    /// Whether the cell can have one person more or fewer: others take and give one, column and row by
    /// turns, until all totals are right again.
    ///
    /// Where it can have any other value it can have such a one.
    func isProtected(_ row: Int, _ column: Int) -> Bool {
      hasWay(from: row, column, adding: true) || hasWay(from: row, column, adding: false)
    }

    private func hasWay(from row: Int, _ column: Int, adding: Bool) -> Bool {
      guard adding ? canTake(row, column) : canGive(row, column) else { return false }
      var seenRows = counts.map { _ in false }
      var seenColumns = counts[row].map { _ in false }
      seenColumns[column] = true
      var waiting = [column]
      while let place = waiting.popLast() {
        for other in counts.indices where isSuppressed[other][place] {
          if other == row, place == column { continue }
          guard adding ? canGive(other, place) : canTake(other, place) else { continue }
          if other == row { return true }
          if seenRows[other] { continue }
          seenRows[other] = true
          for next in counts[other].indices where isSuppressed[other][next] && !seenColumns[next] {
            guard adding ? canTake(other, next) : canGive(other, next) else { continue }
            seenColumns[next] = true
            waiting.append(next)
          }
        }
      }
      return false
    }

    private func canTake(_ row: Int, _ column: Int) -> Bool {
      counts[row][column] != least - 1
    }

    private func canGive(_ row: Int, _ column: Int) -> Bool {
      counts[row][column] != 0 && counts[row][column] != least
    }
  }
}

import TestSupport
import Testing

@testable import ExchangeRules

@Suite("Flows: no cell under five is shown or follows from what is shown (S13.1)")
struct FlowTableTests {
  /// Every filling of the suppressed cells that a reader cannot rule out: the totals are right, a cell
  /// under five is one, and what is suppressed for its sake has five or more.
  private static func fillings(_ counts: [[Int]], _ suppressed: [[Bool]]) -> [[[Int]]] {
    var found: [[[Int]]] = []
    var filling = counts
    var rowLeft = counts.map { $0.reduce(0, +) }
    var columnLeft = counts[0].indices.map { column in counts.reduce(0) { $0 + $1[column] } }
    let cells = counts.indices.flatMap { row in counts[row].indices.map { (row, $0) } }
    func fill(_ place: Int) {
      guard place < cells.count else {
        if rowLeft.allSatisfy({ $0 == 0 }), columnLeft.allSatisfy({ $0 == 0 }) {
          found.append(filling)
        }
        return
      }
      let (row, column) = cells[place]
      let known = counts[row][column]
      let most = min(rowLeft[row], columnLeft[column])
      var range = known...known
      if suppressed[row][column] {
        let bounds = known < 5 ? (0, 4) : (5, most)
        guard bounds.0 <= min(bounds.1, most) else { return }
        range = bounds.0...min(bounds.1, most)
      }
      for value in range where value <= most {
        filling[row][column] = value
        rowLeft[row] -= value
        columnLeft[column] -= value
        fill(place + 1)
        rowLeft[row] += value
        columnLeft[column] += value
      }
    }
    fill(0)
    return found
  }

  private static func random(_ numbers: inout SeededNumbers) -> [[Int]] {
    let (rows, columns) = (
      Int.random(in: 1...3, using: &numbers), Int.random(in: 1...3, using: &numbers)
    )
    return (0..<rows).map { _ in
      (0..<columns).map { _ in
        Bool.random(using: &numbers)
          ? Int.random(in: 0...5, using: &numbers) : Int.random(in: 0...8, using: &numbers)
      }
    }
  }

  private static func keyed(_ counts: [[Int]]) -> [Int: [Int: Int]] {
    Dictionary(
      uniqueKeysWithValues: counts.enumerated().map { row, cells in
        (row, Dictionary(uniqueKeysWithValues: cells.enumerated().map { ($0, $1) }))
      })
  }

  @Test("By trying every filling: each suppressed cell under five could have another value")
  func bruteForce() {
    var numbers = SeededNumbers(seed: 13)
    var (withheld, tables) = (0, 0)
    for _ in 0..<2000 {
      let counts = Self.random(&numbers)
      let rows = counts.map { $0.reduce(0, +) }
      let columns = counts[0].indices.map { column in counts.reduce(0) { $0 + $1[column] } }
      guard (rows + columns).allSatisfy({ $0 >= 5 }) else { continue }
      tables += 1
      let suppressed = FlowSuppression.suppressed(in: counts)
      let all = suppressed.allSatisfy { $0.allSatisfy(\.self) }
      if all {
        // Nobody can know which cells are small: each can be anything that its totals leave.
        for row in rows {
          for column in columns {
            let total = rows.reduce(0, +)
            let room = min(row, column) - max(0, row + column - total)
            #expect(room >= 5 || rows.count == 1 || columns.count == 1, "\(counts)")
          }
        }
      }
      let fillings = Self.fillings(counts, suppressed)
      func values(_ row: Int, _ column: Int) -> Set<Int> { Set(fillings.map { $0[row][column] }) }
      let small = counts.indices.flatMap { row in
        counts[row].indices.filter { counts[row][$0] < 5 }.map { (row, $0) }
      }
      if all, small.contains(where: { values($0.0, $0.1).count == 1 }) {
        // Nothing less than all would do, and all would not, if the small ones were known.
        withheld += 1
        continue
      }
      for (row, column) in small {
        #expect(suppressed[row][column], "\(counts)")
        #expect(values(row, column).count > 1, "\(counts) \(suppressed)")
      }
    }
    #expect(tables > 300)
    #expect(withheld < tables)
  }

  @Test("The search for another value finds one exactly where trying every filling does")
  func search() {
    var numbers = SeededNumbers(seed: 14)
    for _ in 0..<300 {
      let counts = Self.random(&numbers)
      let suppressed = counts.map { $0.map { $0 < 5 || Bool.random(using: &numbers) } }
      let fillings = Self.fillings(counts, suppressed)
      for (row, cells) in counts.enumerated() {
        for (column, count) in cells.enumerated() where count < 5 {
          let isOpen = Set(fillings.map { $0[row][column] }).count > 1
          let found = FlowSuppression.isProtected(row, column, in: counts, suppressed: suppressed)
          #expect(found == isOpen, "\(counts) \(suppressed) \(row) \(column)")
        }
      }
    }
  }

  @Test("A table with nothing small is shown whole")
  func whole() throws {
    let table = try #require(FlowTable(Self.keyed([[5, 9], [7, 6]])))
    #expect(table.cells == [[5, 9], [7, 6]])
    #expect(table.rowTotals == [14, 13] && table.columnTotals == [12, 15] && table.total == 27)
  }

  @Test("One small cell takes the cells of a rectangle with it, those with the fewest persons")
  func complement() throws {
    let table = try #require(FlowTable(Self.keyed([[2, 20, 9], [30, 40, 8], [50, 60, 70]])))
    #expect(table.cells == [[nil, 20, nil], [nil, 40, nil], [50, 60, 70]])
  }

  @Test(
    "What is too small for a total of its own is merged, with the smallest beside it if need be")
  func merged() throws {
    let table = try #require(FlowTable([1: [1: 3], 2: [1: 1], 3: [1: 8], 4: [1: 90]]))
    #expect(table.rows == [.one(4), .others] && table.rowTotals == [90, 12])
    #expect(table.columns == [.one(1)] && table.columnTotals == [102])
  }

  @Test("Totals are right and never under five, whatever the persons are")
  func totals() {
    var numbers = SeededNumbers(seed: 15)
    for _ in 0..<500 {
      let counts = Self.random(&numbers)
      let all = counts.joined().reduce(0, +)
      guard let table = FlowTable(Self.keyed(counts)) else {
        #expect(all < 5)
        continue
      }
      #expect(table.total == all)
      for totals in [table.rowTotals, table.columnTotals] {
        #expect(totals.reduce(0, +) == all && totals.allSatisfy { $0 >= 5 }, "\(counts)")
      }
      for (row, cells) in table.cells.enumerated() {
        #expect(cells.allSatisfy { $0 ?? 5 >= 5 })
        if cells.allSatisfy({ $0 != nil }) {
          #expect(cells.compactMap(\.self).reduce(0, +) == table.rowTotals[row])
        }
      }
    }
  }

  @Test("The largest come first, equal ones by their keys, the merged ones not at all")
  func largest() throws {
    let table = try #require(FlowTable([1: [1: 9], 2: [1: 20], 3: [2: 20], 4: [2: 3], 5: [1: 4]]))
    #expect(table.largestRows(2).map(\.row) == [2, 3])
    #expect(table.largestRows(9).map(\.persons) == [20, 20, 9])
  }
}

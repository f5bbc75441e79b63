import ExchangeRules
import TestSupport
import Testing

@Suite("Who counts in the flows of a period (S13.1)")
struct FlowCountsTests {
  private func counts(_ level: DivisionLevel = .county) throws -> FlowCounts {
    FlowCounts(
      try #require(
        FlowRelease(first: date("2026-07-01"), last: date("2026-09-30"), level: level)))
  }

  private func mover(
    _ moves: [String], from household: String = "441702102201", to residence: String = "440306018",
    birth: String? = "1990-01-01", education: String = "21"
  ) throws -> FlowCounts.Mover {
    FlowCounts.Mover(
      household: household, residence: residence, sex: .female,
      birth: try birth.map { try date($0) },
      education: education, moves: try moves.map { try date($0) })
  }

  @Test(
    "Once for each person who moved on any day of the period, the first and the last among them")
  func period() throws {
    var counts = try counts()
    for moves in [
      ["2026-07-01"], ["2026-09-30"], ["2026-07-05", "2026-08-05"], ["2026-06-30", "2026-07-01"],
      ["2026-08-01", "2027-01-01"],
    ] {
      counts.add(try mover(moves))
    }
    for moves in [["2026-06-30"], ["2026-10-01"], []] { counts.add(try mover(moves)) }
    #expect(counts.table(by: .destination)?.total == 5)
  }

  @Test("Not within one division of the level, and not where an address does not reach it")
  func level() throws {
    for (level, from, to, counted) in [
      (DivisionLevel.county, "441702102201", "441702105001", false),
      (.township, "441702102201", "441702105001", true), (.county, "441702", "440306", true),
      (.township, "441702", "440306018", false), (.province, "441702102201", "440306018", false),
      (.province, "441702102201", "350425101", true),
      (.prefecture, "440306001001", "440304001", false),
      (.county, "", "440306018", false),
    ] {
      var counts = try counts(level)
      for _ in 0..<5 { counts.add(try mover(["2026-08-01"], from: from, to: to)) }
      #expect(
        counts.table(by: .destination)?.total == (counted ? 5 : nil), "\(level) \(from) \(to)")
    }
  }

  @Test("All tables of a period count the same persons, with the same totals of origins")
  func sameTotals() throws {
    var counts = try counts()
    var random = SeededNumbers(seed: 11)
    let origins = ["441702", "441721", "440512", "350425", "510104", "522601"]
    for _ in 0..<400 {
      let origin = origins[Int.random(in: 0..<origins.count, using: &random)]
      let year = Int.random(in: 1970...2015, using: &random)
      counts.add(
        try mover(
          ["2026-08-01"], from: origin + "001001",
          to: ["440306018", "440303001", "440304001"][Int.random(in: 0..<3, using: &random)],
          birth: Bool.random(using: &random) ? "\(year)-05-05" : nil,
          education: ["", "10", "21", "73"][Int.random(in: 0..<4, using: &random)]))
    }
    let tables = try FlowBeside.allCases.map { try #require(counts.table(by: $0)) }
    for table in tables {
      #expect(table.rows == tables[0].rows && table.rowTotals == tables[0].rowTotals)
      #expect(table.total == 400)
      for cell in table.cells.flatMap(\.self) { #expect(cell ?? 5 >= 5) }
    }
    // What is not known is a column of its own.
    #expect(tables[2].columns.contains(.one("")) && tables[3].columns.contains(.one("")))
    #expect(tables[3].columns.contains(.one("2")))
  }

  @Test("Fewer than five persons are no table")
  func few() throws {
    var counts = try counts()
    for _ in 0..<4 { counts.add(try mover(["2026-08-01"])) }
    for beside in FlowBeside.allCases { #expect(counts.table(by: beside) == nil) }
  }
}

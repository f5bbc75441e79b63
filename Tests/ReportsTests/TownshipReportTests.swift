import ExchangeRules
import Testing

@testable import Reports

@Suite("Reports of township work (S10, S12.5)")
struct TownshipReportTests {
  private func part(
    _ code: String, submitted: Int, signedIn: Int?, operators: String = "王"
  ) throws -> WorkReport.Part {
    let cycle = try #require(SubmissionCycle("2026-10"))
    var figures = CycleFigures(cycle, asOf: try #require(CivilDate("2026-11-01")))
    figures[.submitted] = submitted
    figures[.asked] = 4
    figures[.receivedInCycle] = 3
    var work = WorkFigures(figures)
    work.addSplit(isAnswered: true)
    return .init(
      try #require(DivisionCode(code)), name: "样例", work, operators: operators,
      signIns: signedIn.map { (days: 18, signedIn: $0) })
  }

  @Test("A village short of five says so, an office without sign-ins too; shares are of all")
  func work() throws {
    let cycle = try #require(SubmissionCycle("2026-10"))
    let report = WorkReport(
      cycle: cycle,
      parts: [
        try part("440306018", submitted: 6, signedIn: 17),
        try part("440306018001", submitted: 2, signedIn: nil),
        try part("440306022", submitted: 0, signedIn: nil, operators: ""),
      ])
    let table = report.table(in: .english)
    #expect(
      WorkReport.shortColumns.map { table.columns[$0].fullHeading } == [
        "code", "division", "not signed in", "reported", "short by", "share", "split",
        "came back", "receipt rate", "feedback rate", "quality rate", "use rate",
        "spot checks rate", "note",
      ])
    func cell(_ row: Int, _ heading: String) throws -> String {
      let place = try #require(table.columns.firstIndex { $0.fullHeading == heading })
      return table.rows[row][place].text
    }
    #expect(try cell(0, "not signed in") == "1" && cell(1, "not signed in") == "—")
    #expect(try cell(0, "short by") == "—" && cell(1, "short by") == "3")
    #expect(try cell(0, "share") == "75.0%" && cell(1, "share") == "25.0%")
    #expect(try cell(0, "receipt rate") == "75.0%" && cell(0, "use rate") == "—")
    #expect(try cell(0, "note").contains("S10.1") && cell(1, "note").contains("S10.5"))
    // S10.1: a township names an operator.
    #expect(try cell(2, "note") == "no operator is known (S10.1)")
    for format in ReportFormat.allCases {
      #expect(try !format.bytes(of: report.report(in: .chinese, of: "样例", made: 0)).isEmpty)
    }
  }

  @Test("Monthly tables that do not add up say so before all else (S11.1)")
  func tables() throws {
    var tables = MonthlyTables()
    let month = try #require(CycleMonth("2026-10"))
    tables.add(
      .init(isOut: true, facts: SubjectFacts(birthDate: CivilDate("1990-01-01"))), in: month)
    let right = MonthlyTablesReport(tables, rules: MonthlyTables.rules)
    #expect(right.notes(in: .english).isEmpty)
    #expect(right.table(in: .english).rows.count == TableMeasure.allCases.count)
    tables[.outMigrants, .persons] += 2
    let wrong = MonthlyTablesReport(tables, rules: MonthlyTables.rules)
    #expect(wrong.notes(in: .english).count == 3)
    #expect(wrong.notes(in: .english).allSatisfy { $0.contains("by 2 (S11.1)") })
    #expect(wrong.notes(in: .chinese).allSatisfy { $0.contains("相差 2") })
  }

  @Test("A roster says how many were submitted and how many fed back")
  func roster() throws {
    let day = try #require(CivilDate("2026-10-12"))
    let month = try #require(CycleMonth("2026-10"))
    let report = RosterReport([
      .init(
        item: "1a2b3c4d", category: "协查", name: "王**", citizenID: "4407**********3427",
        isFedBack: true, day: day, finding: "找到"),
      .init(
        item: "5e6f7a8b", category: "协查", name: "李**", citizenID: "", isFedBack: false, day: day,
        finding: ""),
    ]).report(in: .english, of: "样例", month, sent: 0)
    #expect(report.facts.first == "submitted: 1, fed back: 1")
    let csv = String(decoding: try ReportFormat.csv.bytes(of: report), as: UTF8.self)
    #expect(csv.contains("1a2b3c4d") && csv.contains("2026-10-12"))
  }
}

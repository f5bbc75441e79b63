import ExchangeRules
import Presentation
import Reports
import Testing

@Suite("Totals are held against the whole (S11.1)")
struct TotalTests {
  private static func table(_ parts: [Int], whole: Int?) -> ReportTable {
    var table = ReportTable(
      [.init("区划", .text), .init("人数", .number)], isSummed: true,
      whole: whole.map { [.text("镇"), .number($0)] })
    for part in parts { table.add([.text("村"), .number(part)]) }
    return table
  }

  @Test("The source's own 20 + 46 + 250 + 72 is 388, not 389, and is said so")
  func source() {
    let table = Self.table([20, 46, 250, 72], whole: 389)
    #expect(table.sums == [nil, 388])
    #expect(table.gaps.map(\.missing) == [1])
    #expect(table.totals == [.sum, .whole, .difference])
    #expect(
      table.totals.map { table.cells(of: $0, in: .chinese).map(\.text) } == [
        ["合计", "388"], ["应为", "389"], ["差额", "1"],
      ])
    #expect(table.complaint(in: .chinese) == "⚠ 各项之和与总数不符（S11.1），差额：人数 1")
  }

  @Test("What adds up has its sum alone", arguments: [388, nil] as [Int?])
  func right(whole: Int?) {
    let table = Self.table([20, 46, 250, 72], whole: whole)
    #expect(table.totals == [.sum])
    #expect(table.complaint(in: .english) == nil)
  }

  @Test("Counts beyond counting are no total, and do not trap")
  func beyond() {
    let table = Self.table([.max, 1], whole: .max)
    #expect(table.sums == [nil, nil])
    #expect(table.gaps.map(\.missing) == [nil])
    #expect(table.cells(of: .difference, in: .english).map(\.text) == ["difference", "—"])
    #expect(Self.table([.min], whole: .max).gaps.map(\.missing) == [nil])
  }

  @Test("The rate of the sums is made of the sums, not of the rates")
  func rates() throws {
    let table = try Samples.report().table(in: .chinese)
    let cells = table.cells(of: .sum, in: .chinese)
    #expect(FiguresReport.rateColumns.first.map { cells[$0] } == .share(count: 969, of: 1020))
  }

  @Test("A terminal shows a part by its own heading, and no total where no counts are shown")
  func points() throws {
    let ranking = try Samples.ranking()
    let text = ranking.table(in: .chinese).text(of: ranking.shortColumns, in: .chinese)
    #expect(text.columns.map(\.title).contains("反馈率 40"))
    #expect(text.rows.count == 4 && text.rows[3][1] == "440305")
  }

  @Test("A terminal shows the same rows and totals")
  func terminal() throws {
    let table = try Samples.report(missing: 3).table(in: .chinese)
    let columns = FiguresReport.nameColumns + [FiguresReport.column(of: .asked)]
    #expect(
      table.text(of: columns, in: .chinese).text(width: nil) == """
        代码    区划    收到
        ──────  ──────  ────
        440306  宝安区  1000
        440303  罗湖区    20
        合计            1020
        应为            1023
        差额               3

        """)
  }
}

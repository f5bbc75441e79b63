import ExchangeRules
import Testing

@testable import Reports

@Suite("Flow tables as reports (S13.1)")
struct FlowReportTests {
  @Test("Suppressed cells bear one sign in every format, totals and shares are shown")
  func suppressed() throws {
    let first = try #require(CivilDate("2026-07-01"))
    let last = try #require(CivilDate("2026-09-30"))
    let release = try #require(FlowRelease(first: first, last: last, level: .county))
    let report = FlowReport(
      release, by: .destination,
      rows: [
        .init(key: "441702", name: "江城区", persons: 60), .init(key: "", name: "其他", persons: 20),
      ],
      columns: [
        .init(key: "440306", name: "宝安区", persons: 50),
        .init(key: "440303", name: "罗湖区", persons: 30),
      ], cells: [[nil, nil], [nil, nil]], persons: 80)
    let table = report.table(in: .english)
    #expect(table.rows.map { $0[2].text } == ["—", "—", "50"])
    #expect(table.rows.map { $0[4].text } == ["60", "20", "80"])
    #expect(table.rows.map { $0[6].text } == ["75.0%", "25.0%", "100.0%"])
    let whole = report.report(in: .chinese, of: "样例", published: 0)
    #expect(whole.charts.count == 2)
    let csv = String(decoding: try ReportFormat.csv.bytes(of: whole), as: UTF8.self)
    #expect(csv.contains("441702") && csv.contains("—"))
    let html = String(decoding: try ReportFormat.html.bytes(of: whole), as: UTF8.self)
    #expect(html.contains("最大的户籍地") && html.contains("最大的流入地"))
    #expect(try ReportFormat.xlsx.bytes(of: whole).starts(with: Array("PK".utf8)))
  }
}

import ExchangeRules
import Reports
import Testing

@Suite("CSV that a spreadsheet opens rightly")
struct CSVReportTests {
  private static func csv(_ report: Report) throws -> [UInt8] {
    try ReportFormat.csv.bytes(of: report)
  }

  @Test("The mark, CR and LF, codes as text, counts as numbers, headings first")
  func bytes() throws {
    let bytes = try Self.csv(try Samples.report().report(in: .chinese, made: Samples.made))
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let lines = String(decoding: bytes.dropFirst(3), as: UTF8.self).split(
      separator: "\r\n", omittingEmptySubsequences: false)
    #expect(!String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "").contains("\n"))
    #expect(lines[0].hasPrefix("代码,区划,提交,收到,应反馈,"))
    #expect(
      lines[1]
        == "\"=\"\"440306\"\"\",宝安区,500,1000,1000,0,0,0,0,0,0,0,0,1000,949,94.9%,低于95%（S6.1）")
    #expect(lines[3].hasPrefix("合计,,510,1020,1020,"))
    #expect(lines[4].isEmpty)
    #expect(lines[5] == String(repeating: ",", count: 16) + "广东省 440000 信息交换周期数字")
    #expect(lines.last?.isEmpty == true)
  }

  @Test(
    "No name becomes a formula or a line of its own",
    arguments: ["=1+1", "+1+1", "-2", "@SUM(A1)", "＝1", "  =cmd|' /C calc'!A0", "a\n=1", "\t=1"])
  func formulas(name: String) throws {
    let report = try Samples.report(name: name).report(in: .chinese, made: Samples.made)
    let text = String(decoding: try Self.csv(report), as: UTF8.self)
    let line = try #require(text.split(separator: "\r\n").dropFirst().first)
    let cell = try #require(line.split(separator: ",").dropFirst().first)
    #expect(!["=", "+", "-", "@", "＝", " ", "\t"].contains { cell.hasPrefix($0) }, "\(cell)")
    #expect(line.split(separator: ",").count == 17, "\(line)")
  }
}

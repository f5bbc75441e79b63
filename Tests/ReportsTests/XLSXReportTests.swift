import CZip
import ExchangeRules
import Reports
import TestSupport
import Testing
import Workbook

@Suite("A workbook with real numbers, and totals that compute themselves")
struct XLSXReportTests {
  private static func parts(_ report: Report) throws -> [String: String] {
    let folder = try TemporaryFolder()
    try folder.write(try ReportFormat.xlsx.bytes(of: report), to: "report.xlsx")
    var code: Int32 = 0
    let archive = try #require(zip_open(folder.file("report.xlsx"), ZIP_RDONLY, &code))
    defer { zip_discard(archive) }
    var parts: [String: String] = [:]
    for index in 0..<zip_get_num_entries(archive, 0) {
      let name = String(cString: try #require(zip_get_name(archive, zip_uint64_t(index), 0)))
      let file = try #require(zip_fopen_index(archive, zip_uint64_t(index), 0))
      defer { zip_fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 1 << 20)
      let count = zip_fread(file, &bytes, zip_uint64_t(bytes.count))
      parts[name] = String(decoding: bytes.prefix(Int(count)), as: UTF8.self)
    }
    return parts
  }

  private static func sheet(_ report: Report) throws -> String {
    try #require(try parts(report)["xl/worksheets/sheet1.xml"])
  }

  @Test("Counts are numbers, codes are text, sums and rates are formulas beside their values")
  func cells() throws {
    let sheet = try Self.sheet(try Samples.report().report(in: .chinese, made: Samples.made))
    // Title, three facts, an empty line, the headings; the parts are lines 7 and 8.
    #expect(sheet.contains(/<c r="A7" s="\d+" t="s">/))
    #expect(sheet.contains(/<c r="D7" s="\d+"><v>1000<\/v><\/c>/))
    #expect(sheet.contains(/<c r="D9" s="\d+"><f>SUM\(D7:D8\)<\/f><v>1020<\/v><\/c>/))
    #expect(
      sheet.contains(
        /<c r="P7" s="\d+"><f>IF\(N7=0,"—",INT\(O7\*1000\/N7\)\/1000\)<\/f><v>0.949<\/v>/))
    #expect(sheet.contains(/<c r="P9" s="\d+"><f>IF\(N9=0/))
  }

  @Test("What does not add up stands there with the whole and the difference, as a formula")
  func difference() throws {
    let report = try Samples.report(missing: 3).report(in: .chinese, made: Samples.made)
    let sheet = try Self.sheet(report)
    #expect(sheet.contains(/<f>SUM\(D8:D9\)<\/f><v>1020<\/v>/))
    #expect(sheet.contains(/<c r="D11" s="\d+"><v>1023<\/v>/))
    #expect(sheet.contains(/<f>D11-D10<\/f><v>3<\/v>/))
  }

  @Test("The headings are frozen and on each printed page; A4 across, as wide as the page")
  func page() throws {
    let report = try Samples.report().report(in: .chinese, made: Samples.made)
    let sheet = try Self.sheet(report)
    #expect(sheet.contains(/<pane xSplit="2" ySplit="6" .*state="frozen"\/>/))
    #expect(sheet.contains(/<pageSetup paperSize="9" .*orientation="landscape"/))
    #expect(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>"))
    let book = try #require(try Self.parts(report)["xl/workbook.xml"])
    #expect(book.contains("_xlnm.Print_Titles") && book.contains("$6:$6"))
  }

  @Test("A hostile name is a text, and no formula stands but our own")
  func hostile() throws {
    for name in [Samples.hostile, "=1+1", "+1", "@A1", "{=1}", "http://example.com/"] {
      let report = try Samples.report(name: name).report(in: .chinese, made: Samples.made)
      let sheet = try Self.sheet(report)
      for formula in sheet.matches(of: /<f>([^<]*)<\/f>/) {
        #expect(formula.1.starts(with: /SUM\(|IF\(/))
      }
      #expect(!sheet.contains("hyperlink"))
    }
  }

  @Test("Our own reader reads back what was written")
  func readBack() throws {
    let folder = try TemporaryFolder()
    let report = try Samples.ranking().report(in: .chinese, of: "广东省", made: Samples.made)
    try folder.write(try ReportFormat.xlsx.bytes(of: report), to: "report.xlsx")
    let book = try Workbook(path: folder.file("report.xlsx"))
    let sheet = try book.rows(of: try #require(book.sheets.first))
    var rows: [[String]] = []
    while let row = try sheet.next() {
      rows.append(row.cells.map { String(decoding: $0, as: UTF8.self) })
    }
    let first = try #require(rows.first { $0.first == "1" })
    #expect(first.prefix(4) == ["1", "440306", "宝安区", "50"])
  }

  @Test("The same report gives the same cells")
  func repeated() throws {
    let report = try Samples.ranking().report(in: .chinese, of: "广东省", made: Samples.made)
    #expect(try Self.sheet(report) == Self.sheet(report))
  }
}

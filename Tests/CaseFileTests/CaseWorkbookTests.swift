import CaseFile
import ExchangeRules
import Foundation
import TestSupport
import Testing

@Suite("Workbooks (XLSX) are case files as CSV is")
struct CaseWorkbookTests {
  private struct ReadFile {
    var header: CaseFileHeader
    var encoding: CaseFileEncoding
    var rows: [CaseRow] = []
    var rejected: [RejectedRow] = []
    var hiddenRows = 0
  }

  private func read(_ path: String, sheet: String? = nil) throws -> ReadFile {
    let reader = try CaseFileReader(path: path, sheet: sheet, options: CaseText.options())
    var file = ReadFile(header: reader.header, encoding: reader.encoding)
    while let entry = try reader.next() {
      switch entry {
      case .row(let row, _): file.rows.append(row)
      case .rejected(let row): file.rejected.append(row)
      }
    }
    file.hiddenRows = reader.hiddenRows
    return file
  }

  private func read(_ made: MadeWorkbook, sheet: String? = nil) throws -> ReadFile {
    let folder = try TemporaryFolder()
    try made.write(to: folder.file("made.xlsx"))
    return try read(folder.file("made.xlsx"), sheet: sheet)
  }

  /// A file of a real library, from the folder beside this one.
  private func sample(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Workbooks/\(name)").path
  }

  private var table: [[String]] {
    let file = CaseText()
    return [file.headings] + file.rows
  }

  @Test("a row of a workbook is the row of the same CSV, and the same item")
  func sameRow() throws {
    let csv = try #require(CaseText.entries(Array(CaseText().text.utf8)).rows.first)
    let file = try read(MadeWorkbook(.init("Sheet1", texts: table)))
    #expect(file.rows == [csv])
    #expect(file.header.sheet == "Sheet1" && file.header.otherSheets == [])
    #expect(file.encoding == .utf8WithMark)
  }

  @Test("rows above the headings are titles; rows keep the numbers of the sheet")
  func titles() throws {
    let titled = [["流动人口协查花名册"], [], ["单位：西乡街道", "2026年11月"]] + table
    #expect(try read(MadeWorkbook(.init("Sheet1", texts: titled))).rows.map(\.line) == [5])
  }

  @Test("the first visible sheet with the headings is read, the others are named")
  func sheets() throws {
    let made = MadeWorkbook(
      .init("填表说明", texts: [["每人一行"]]), .init("花名册", texts: table), .init("上月", texts: table),
      .init("Sheet4", rows: ""), .init("字典", rows: "<row><c><v>1</v></c></row>", state: "hidden"))
    let file = try read(made)
    #expect(file.header.sheet == "花名册" && file.header.otherSheets == ["填表说明", "上月"])
    #expect(try read(made, sheet: "上月").header.otherSheets == ["填表说明", "花名册"])
    let failure = #expect(throws: CaseFileFailure.self) { try read(made, sheet: "下月") }
    #expect(failure?.reason == .noSuchSheet)
    #expect(failure?.text.chinese == "没有这个工作表；文件中有：填表说明、花名册、上月、Sheet4、字典")
  }

  @Test("a merged heading is named where headings are missing")
  func mergedHeadings() throws {
    var headings = CaseText().headings
    headings[3] = ""
    let sheet = MadeWorkbook.Sheet("Sheet1", texts: [headings])
    var made = MadeWorkbook(sheet)
    made.sheets[0].behind = "<mergeCells><mergeCell ref=\"C1:D1\"/></mergeCells>"
    let failure = #expect(throws: CaseFileFailure.self) { try read(made) }
    #expect(
      failure?.text.chinese
        == "标题行缺少“现居住地地址”：请补上这些列；标题行有合并的单元格（C1），请取消合并，每列写一个标题")
  }

  @Test("what openpyxl writes: titles, a date by its format, a flag, a formula never calculated")
  func openpyxl() throws {
    let file = try read(sample("openpyxl.xlsx"))
    #expect(file.header.sheet == "花名册" && file.header.otherSheets == ["填表说明"])
    #expect(file.rows.map(\.line) == [5])
    #expect(file.rows.first?.registered == CivilDate(year: 2026, month: 11, day: 2))
    #expect(file.rows.first?.facts.currentlyPregnant == true)
    #expect(file.rows.first?.household.code.description == "441702102201")
    #expect(file.rejected.map(\.line) == [6, 7])
    #expect(
      file.rejected.map { $0.problems.map(\.reason) } == [
        ["scientificNotation"], ["formulaWithoutValue"],
      ])
    #expect(
      file.rejected.last?.problems.first?.chineseLine
        == "现居住地地址：公式没有保存计算结果（单元格 D7）（在表格软件中打开并保存后重新导入）")
  }

  @Test(
    "what XlsxWriter writes: days from 1904, shared texts, an error, a hidden row, merged cells")
  func xlsxwriter() throws {
    let file = try read(sample("xlsxwriter.xlsx"))
    #expect(file.rows.map(\.name) == ["王样例", "李样例", "张样例"])
    #expect(file.rows.first?.registered == CivilDate(year: 2026, month: 11, day: 2))
    #expect(file.hiddenRows == 1)
    #expect(file.rejected.map(\.line) == [3, 6])
    #expect(
      file.rejected.map { $0.problems.map(\.reason) } == [["failedFormula"], ["mergedCell"]])
    #expect(file.rejected.first?.problems.first?.maskedValue == "#N/A")
    #expect(
      file.rejected.last?.problems.first?.text.chinese
        == "单元格已被合并，内容只在左上角的单元格中（单元格 D6）")
    #expect(file.rejected.last?.problems.first?.maskedValue == "D5")
  }

  @Test("the rejects of a workbook are CSV that a spreadsheet opens, and that is imported again")
  func rejects() throws {
    var rows = table
    rows[1][0] = ""
    let file = try read(MadeWorkbook(.init("Sheet1", texts: rows)))
    let writer = RejectsWriter(header: file.header, encoding: file.encoding)
    let bytes = writer.opening() + file.rejected.flatMap(writer.row)
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let again = try CaseText.entries(bytes)
    #expect(
      again.rejected.map { $0.problems.map(\.reason) }
        == file.rejected.map { $0.problems.map(\.reason) })
    #expect(again.rejected.first?.cells.prefix(6).count == 6)
  }

  @Test("a table of figures may be a workbook too (S11.1)")
  func figures() throws {
    let folder = try TemporaryFolder()
    try MadeWorkbook(
      .init("空", rows: ""), .init("简报", texts: [["单位", "人数"], ["西乡街道", "12"]])
    ).write(to: folder.file("figures.xlsx"))
    let table = try FigureTable(path: folder.file("figures.xlsx"))
    #expect(table.headings == ["单位", "人数"] && table.rows.map(\.cells) == [["西乡街道", "12"]])
  }

  @Test("no workbook with an XLSX's name, and a broken one, are told apart from a case file")
  func broken() throws {
    let folder = try TemporaryFolder()
    try folder.write([0x50, 0x4B, 0x03, 0x04, 0x14], to: "cut.xlsx")
    var odd = MadeWorkbook(.init("Sheet1", texts: table))
    odd.otherParts["xl/workbook.xml"] = Array("<document/>".utf8)
    try odd.write(to: folder.file("odd.xlsx"))
    for (name, reason) in [
      ("cut.xlsx", CaseFileFailure.Reason.damagedWorkbook), ("odd.xlsx", .isSpreadsheet),
    ] {
      let failure = #expect(throws: CaseFileFailure.self) { try read(folder.file(name)) }
      #expect(failure?.reason == reason)
    }
  }
}

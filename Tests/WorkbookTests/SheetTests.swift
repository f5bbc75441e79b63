import TestSupport
import Testing

@testable import Workbook

@Suite("Rows and sheets of a workbook")
struct SheetTests {
  @Test("rows keep their numbers, cells their columns; empty ones are left out")
  func places() throws {
    let rows = try CellTests.rows(
      MadeWorkbook(
        .init(
          "人员",
          rows:
            "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"D2\"><v>2</v></c><c r=\"E2\" s=\"0\"/></row>"
            + "<row r=\"4\"><c r=\"A4\"/></row><row r=\"1048576\" hidden=\"1\"><c><v>3</v></c><c><v>4</v></c></row>"
        )))
    #expect(rows.map(\.number) == [2, 1_048_576])
    #expect(
      rows.map { $0.cells.map { String(decoding: $0, as: UTF8.self) } } == [
        ["", "1", "", "2"], ["3", "4"],
      ])
    #expect(rows.map(\.isHidden) == [false, true])
  }

  @Test("whoever leaves out the numbers of rows and cells counts on")
  func withoutNumbers() throws {
    let rows = try CellTests.rows(
      MadeWorkbook(.init("人员", rows: "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>")))
    #expect(rows.map(\.number) == [1, 2])
  }

  @Test("a cell that a merged area covers is a fault that names the first cell")
  func merged() throws {
    let made = MadeWorkbook(
      .init(
        "人员",
        rows: "<row r=\"1\"><c r=\"A1\"><v>7</v></c></row>"
          + "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><v>5</v></c></row>"
          + "<row r=\"3\"><c r=\"A3\"><v>2</v></c><c r=\"B3\"/></row><row r=\"4\"><c r=\"B4\"/></row>",
        behind:
          "<mergeCells count=\"2\"><mergeCell ref=\"B2:B4\"/><mergeCell ref=\"A1:C1\"/></mergeCells>"
      ))
    let rows = try CellTests.rows(made)
    let (title, first) = (CellPlace(column: 0, row: 1), CellPlace(column: 1, row: 2))
    #expect(rows.map(\.number) == [1, 2, 3])
    #expect(rows[0].faults == [1: .merged(into: title), 2: .merged(into: title)])
    #expect(rows[1].faults == [:])
    #expect(rows[2].faults == [1: .merged(into: first)])
  }

  @Test("sheets come in the order of their tabs, hidden ones are marked")
  func sheets() throws {
    let folder = try TemporaryFolder()
    var hidden = MadeWorkbook.Sheet("字典", texts: [["女"]])
    hidden.state = "veryHidden"
    let made = MadeWorkbook(.init("说明", texts: [["请填写"]]), hidden, .init("Sheet3", rows: ""))
    try made.write(to: folder.file("made.xlsx"))
    let book = try Workbook(path: folder.file("made.xlsx"))
    #expect(book.sheets.map(\.name) == ["说明", "字典", "Sheet3"])
    #expect(book.sheets.map(\.isHidden) == [false, true, false])
    #expect(try book.visibleSheets().map(\.name) == ["说明"])
  }

  @Test(
    "places are named as a spreadsheet names them",
    arguments: [("A1", 0, 1), ("Z9", 25, 9), ("AA10", 26, 10), ("XFD1048576", 16_383, 1_048_576)])
  func names(name: String, column: Int, row: Int) {
    #expect(CellPlace(name.utf8) == CellPlace(column: column, row: row))
    #expect("\(CellPlace(column: column, row: row))" == name)
  }

  @Test(
    "what names no place is none",
    arguments: ["", "A", "7", "A1B", "1A", "A0", "a1", "AAAAAAAAA1", "A99999999999"])
  func noNames(name: String) {
    #expect(CellPlace(name.utf8) == nil)
  }
}

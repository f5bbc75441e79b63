import TestSupport
import Testing

@testable import Workbook

@Suite("A workbook that is broken or made to harm is refused, and costs no memory")
struct HostileWorkbookTests {
  private func reason(_ made: MadeWorkbook) throws -> WorkbookFailure.Reason? {
    do throws(any Error) {
      _ = try CellTests.rows(made)
      return nil
    } catch let failure as WorkbookFailure {
      return failure.reason
    }
  }

  private var plain: MadeWorkbook { MadeWorkbook(.init("人员", texts: [["王"]])) }

  @Test("a zip bomb ends where it is a thousand times its packed size")
  func bomb() throws {
    var made = plain
    made.otherParts["xl/sharedStrings.xml"] = Array(
      ("<sst><si><t>" + String(repeating: "0", count: 40 << 20) + "</t></si></sst>").utf8)
    #expect(try reason(made) == .tooLarge)
  }

  @Test("a document type, and with it every entity, is refused")
  func entities() throws {
    var made = plain
    made.otherParts["xl/sharedStrings.xml"] = Array(
      "<!DOCTYPE sst [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><sst><si><t>&b;</t></si></sst>"
        .utf8)
    #expect(try reason(made) == .damaged)
  }

  @Test(
    "parts that are no XML, end too early or contradict each other",
    arguments: [
      ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\">"),
      ("xl/worksheets/sheet1.xml", "no xml"), ("xl/workbook.xml", "<workbook"),
      (
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData><row r=\"2\"/><row r=\"2\"/></sheetData></worksheet>"
      ),
      (
        "xl/worksheets/sheet1.xml",
        "<w><row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row></w>"
      ),
      ("xl/worksheets/sheet1.xml", "<w><row><c t=\"s\"><v>99</v></c></row></w>"),
      ("xl/worksheets/sheet1.xml", "<w><row><c r=\"!\"><v>1</v></c></row></w>"),
      ("xl/styles.xml", "<styleSheet><numFmts>"),
    ])
  func damaged(part: String, text: String) throws {
    var made = plain
    made.otherParts[part] = Array(text.utf8)
    #expect(try reason(made) == .damaged)
  }

  @Test("an archive of another kind is told apart", arguments: ["<x/>", "<document/>"])
  func other(main: String) throws {
    var made = plain
    made.otherParts["xl/workbook.xml"] = Array(main.utf8)
    #expect(try reason(made) == .otherFormat)
  }

  @Test("cells without end and columns without number cost no memory")
  func long() throws {
    let long = String(repeating: "长", count: 20_000)
    let rows = try CellTests.rows(
      MadeWorkbook(
        .init(
          "人员",
          rows: "<row r=\"1\"><c t=\"inlineStr\"><is><t>\(long)</t></is></c></row>"
            + "<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>")))
    #expect(rows.map(\.isTooLong) == [true, false])
    #expect(rows.map(\.hasTooManyCells) == [false, true])
    #expect(rows.allSatisfy { $0.cells.count <= WorkbookLimits.cellsPerRow })
  }

  @Test("a file cut anywhere is refused and never traps")
  func cut() throws {
    let folder = try TemporaryFolder()
    try plain.write(to: folder.file("whole.xlsx"))
    let bytes = try folder.bytes(of: "whole.xlsx")
    for length in stride(from: 0, to: bytes.count, by: 61) {
      try folder.write(Array(bytes.prefix(length)), to: "cut.xlsx")
      #expect(throws: WorkbookFailure.self) { _ = try Workbook(path: folder.file("cut.xlsx")) }
    }
  }

  @Test("a file with bytes changed anywhere is read or refused, and never traps")
  func changed() throws {
    let folder = try TemporaryFolder()
    try plain.write(to: folder.file("whole.xlsx"))
    let bytes = try folder.bytes(of: "whole.xlsx")
    var numbers = SeededNumbers(seed: 7)
    var refused = 0
    for _ in 0..<300 {
      var changed = bytes
      for _ in 0..<3 {
        changed[Int.random(in: changed.indices, using: &numbers)] = .random(
          in: 0...255, using: &numbers)
      }
      try folder.write(changed, to: "changed.xlsx")
      do throws(any Error) {
        let book = try Workbook(path: folder.file("changed.xlsx"))
        for sheet in book.sheets {
          let rows = try book.rows(of: sheet)
          while try rows.next() != nil {}
        }
      } catch is WorkbookFailure {
        refused += 1
      }
    }
    #expect(refused > 0)
  }
}

import TestSupport
import Testing

@testable import Workbook

@Suite("A cell of a workbook is the text that a person typed or sees, or a fault")
struct CellTests {
  /// The rows of the first sheet of a workbook.
  static func rows(_ made: MadeWorkbook) throws -> [SheetRow] {
    let folder = try TemporaryFolder()
    let path = folder.file("made.xlsx")
    try made.write(to: path)
    let book = try Workbook(path: path)
    let rows = try book.rows(of: #require(book.sheets.first))
    var read: [SheetRow] = []
    while let row = try rows.next() { read.append(row) }
    return read
  }

  /// The first cell's text; nil where it is a fault.
  private func text(
    _ cell: String, _ change: (inout MadeWorkbook) -> Void = { _ in }
  ) throws -> String? {
    var made = MadeWorkbook(.init("人员", rows: "<row r=\"1\">\(cell)</row>"))
    change(&made)
    let row = try #require(CellTests.rows(made).first)
    return row.faults[0] == nil ? row.cells.first.map { String(decoding: $0, as: UTF8.self) } : nil
  }

  @Test(
    "texts, numbers, flags, errors and formulas",
    arguments: [
      ("<c t=\"inlineStr\"><is><t>王样例</t></is></c>", "王样例"),
      (
        "<c t=\"inlineStr\"><is><r><t>王</t></r><r><t xml:space=\"preserve\"> 样例</t></r></is></c>",
        "王 样例"
      ),
      ("<c t=\"inlineStr\"><is><t>漢</t><rPh sb=\"0\" eb=\"1\"><t>かん</t></rPh></is></c>", "漢"),
      ("<c t=\"str\"><f>A1&amp;B1</f><v>宝安</v></c>", "宝安"),
      ("<c t=\"inlineStr\"><is><t>一_x000A_二_x005F_</t></is></c>", "一\n二_"),
      ("<c t=\"inlineStr\"><is><t>_xfoo_ a_b</t></is></c>", "_xfoo_ a_b"),
      ("<c><v>440306018</v></c>", "440306018"),
      ("<c t=\"n\"><v>441702102201</v></c>", "441702102201"),
      ("<c><v>1.3800000001E10</v></c>", "13800000001"), ("<c><v>3.0</v></c>", "3"),
      ("<c><v>0.1</v></c>", "0.1"), ("<c><v>0.30000000000000004</v></c>", "0.3"),
      ("<c><v>-2.5</v></c>", "-2.5"), ("<c><f>1+1</f><v>2</v></c>", "2"),
      ("<c t=\"b\"><v>1</v></c>", "TRUE"), ("<c t=\"b\"><v>0</v></c>", "FALSE"),
      ("<c t=\"e\"><v>#REF!</v></c>", "#REF!"), ("<c t=\"e\"><f>A9</f><v>#N/A</v></c>", "#N/A"),
      ("<c t=\"d\"><v>2026-11-01T00:00:00</v></c>", "2026-11-01T00:00:00"),
    ])
  func cells(cell: String, text: String) throws {
    #expect(try self.text(cell) == text)
  }

  @Test(
    "a number of 18 digits is taken where the file has every digit, and no rounded one is",
    arguments: [
      // Written by a program from a whole number, digit by digit.
      ("440306199002030228", "440306199002030228"),
      // Fifteen digits and zeros; the digits of a double; exponents.
      ("440306199002030000", "4.40306199002030E+17"),
      ("440306199002030208", "4.40306199002030E+17"),
      ("4.40306199002030E+17", "4.40306199002030E+17"),
      ("4.4030619900203021e17", "4.40306199002030E+17"),
    ])
  func longNumbers(value: String, text: String) throws {
    #expect(try self.text("<c><v>\(value)</v></c>") == text)
  }

  @Test(
    "a number in a format of days is the day, with its time of day",
    arguments: [
      (14, "", "39969", "2009-06-05"), (164, "yyyy\"年\"m\"月\"d\"日\"", "39969", "2009-06-05"),
      (164, "[$-804]yyyy/m/d\\ dddd;@", "39969", "2009-06-05"), (31, "", "39969", "2009-06-05"),
      (22, "", "39969.5", "2009-06-05 12:00:00"),
      (164, "yyyy-mm-dd hh:mm:ss.000", "39969.999999999", "2009-06-06"),
      (164, "[Red]m/d/yy", "39969", "2009-06-05"), (164, "m\"月\"d\"日\"", "39969", "2009-06-05"),
      // Typed as 2009年6月: the first of the month is the program's addition.
      (164, "yyyy\"年\"m\"月\"", "39965", "2009年6月"), (57, "", "39965", "2009年6月"),
      (17, "", "39965", "2009年6月"), (21, "", "0.75", "18:00:00"), (14, "", "1", "1900-01-01"),
      (14, "", "59", "1900-02-28"), (14, "", "61", "1900-03-01"), (14, "", "2958465", "9999-12-31"),
    ])
  func days(format: Int, code: String, value: String, text: String) throws {
    let read = try self.text("<c s=\"1\"><v>\(value)</v></c>") { made in
      made.styles = [0, format]
      if !code.isEmpty { made.formats = [format: code] }
    }
    #expect(read == text)
  }

  @Test(
    "a number that is no day, in a format of days, is a fault",
    arguments: ["60", "0", "-1", "2958466", "1E300", "x"])
  func noDays(value: String) throws {
    let read = try text("<c s=\"1\"><v>\(value)</v></c>") { $0.styles = [0, 14] }
    #expect(read == nil)
  }

  @Test(
    "days are counted from 1904 where the workbook says so",
    arguments: ["date1904=\"1\"", "date1904=\"true\""])
  func from1904(property: String) throws {
    let read = try text("<c s=\"1\"><v>38507</v></c>") { made in
      made.styles = [0, 14]
      made.properties = property
    }
    #expect(read == "2009-06-05")
  }

  @Test(
    "other formats leave a number what it is",
    arguments: [
      ("General", "39969", "39969"), ("0.00\"元\"", "1234.5", "1234.5"), ("#,##0", "39969", "39969"),
      ("0.00E+00", "39969", "39969"), ("\"d\"0", "7", "7"), ("0\\d", "7", "7"),
      ("@", "39969", "39969"),
      ("[Red]0;[Blue]-0", "7", "7"), ("000000", "12345", "012345"),
      ("00000000000", "7551234", "00007551234"),
    ])
  func otherFormats(code: String, value: String, text: String) throws {
    let read = try self.text("<c s=\"1\"><v>\(value)</v></c>") { made in
      made.styles = [0, 164]
      made.formats = [164: code]
    }
    #expect(read == text)
  }

  @Test("shared texts, with runs of styles and reading aids")
  func shared() throws {
    let read = try text("<c t=\"s\"><v>1</v></c>") { made in
      made.shared =
        "<si><t>一</t></si><si><r><rPr><b/></rPr><t>王</t></r><r><t>样例</t></r><rPh sb=\"0\" eb=\"1\"><t>w</t></rPh></si>"
    }
    #expect(read == "王样例")
  }

  @Test("a formula without a saved value is a fault; a saved empty text is nothing")
  func formulas() throws {
    let rows = try CellTests.rows(
      MadeWorkbook(
        .init(
          "人员",
          rows: "<row r=\"1\"><c r=\"A1\"><f>B1</f></c><c r=\"B1\" t=\"str\"><f>\"\"</f><v></v></c>"
            + "<c r=\"C1\"><v>1</v></c></row>")))
    #expect(rows.map(\.faults) == [[0: .noValue]])
    #expect(rows.first?.cells.map { String(decoding: $0, as: UTF8.self) } == ["", "", "1"])
  }
}

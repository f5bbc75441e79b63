import CaseFile
import ExchangeRules
import Foundation
import Testing

@Suite("The rejects file: corrected and imported again")
struct RejectsWriterTests {
  /// The rejects file of a case file, written as `xiecha import` writes it.
  static func rejects(of bytes: [UInt8]) throws -> [UInt8] {
    let reader = try CaseText.reader(bytes, options: CaseText.options())
    var rejected: [RejectedRow] = []
    while let entry = try reader.next() {
      if case .rejected(let row) = entry { rejected.append(row) }
    }
    let writer = RejectsWriter(header: reader.header, encoding: reader.encoding)
    return writer.opening() + rejected.flatMap(writer.row)
  }

  static var twoRows: CaseText {
    var file = CaseText(["发生日期": "2009-2-30", "备注": "随夫,\"暂住\""])
    file.rows.append(CaseText(["姓名": "李样例", "发生日期": "2009-2-3", "备注": ""]).rows[0])
    return file
  }

  @Test("it has the columns, encoding and cells of the original, and why each row was not taken")
  func content() throws {
    let text = RejectsWriterTests.twoRows.text.replacing("\r\n", with: ",,\r\n")
    let bytes = try RejectsWriterTests.rejects(of: CaseText.gb18030(text))
    let expected = [
      "姓名,公民身份号码,现居住地编码,现居住地地址,户籍地编码,户籍地地址,发生日期,备注,原因\r\n",
      #"王样例,"=""\#(CaseText.number)""",440306018,西乡街道示例路1号,"=""441702102201""","#,
      #"埠场镇样例村2号,2009-2-30,"随夫,""暂住""","#,
      "发生日期：不是有效日期（按年-月-日书写，如 2009-6-5）\r\n",
    ].joined()
    #expect(bytes == CaseText.gb18030(expected))
  }

  @Test("corrected it goes in as the row of the original would have; 原因 is ignored")
  func again() throws {
    let rejects = try RejectsWriterTests.rejects(of: RejectsWriterTests.twoRows.gb18030)
    var corrected = RejectsWriterTests.twoRows
    corrected.rows[0][6] = "2009-2-28"
    let expected = try CaseText.entries(corrected.gb18030).rows.map(\.id)
    let wrong = CaseText.gb18030("2009-2-30")
    let start = try #require(rejects.firstRange(of: wrong))
    var bytes = rejects
    bytes.replaceSubrange(start, with: CaseText.gb18030("2009-2-28"))
    let again = try CaseText.entries(bytes)
    #expect(again.rejected.isEmpty)
    #expect(again.rows.map(\.id) == Array(expected.prefix(1)))
  }

  @Test("rejected again it has one column 原因, with what is wrong now")
  func twice() throws {
    let once = try RejectsWriterTests.rejects(of: RejectsWriterTests.twoRows.gb18030)
    #expect(try RejectsWriterTests.rejects(of: once) == once)
  }

  @Test(
    "what a spreadsheet would change or carry out is protected, and read as it was (fault 15)",
    arguments: [
      ("0755", "=\"0755\""), ("001", "=\"001\""), ("075500000001", "=\"075500000001\""),
      ("+8613800000001", "=\"+8613800000001\""), ("12", "12"), ("0", "0"),
      ("0755-00000001", "0755-00000001"),
      ("=HYPERLINK(\"http://x\",\"y\")", "'=HYPERLINK(\"http://x\",\"y\")"),
      ("=\"a\"&HYPERLINK(\"b\")&\"c\"", "'=\"a\"&HYPERLINK(\"b\")&\"c\""),
      ("@SUM(A1)", "'@SUM(A1)"), ("+1+1", "'+1+1"),
      ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
      ("＝1+1", "'＝1+1"), ("\t=1+1", "'\t=1+1"), ("-", "-"), ("=\"0755\"", "=\"0755\""),
      ("'=1+1", "'=1+1"),
    ])
  func protection(cell: String, written: String) throws {
    let reader = try CaseText.reader(
      Array(CaseText(["发生日期": "2009-2-30", "备注": cell]).text.utf8), options: CaseText.options())
    guard case .rejected(let row)? = try reader.next() else {
      Issue.record("the row is taken")
      return
    }
    let writer = RejectsWriter(header: reader.header, encoding: reader.encoding)
    let line = String(decoding: writer.row(row), as: UTF8.self)
    let quoted =
      written.contains("\"") || written.contains(",")
      ? "\"\(written.replacing("\"", with: "\"\""))\"" : written
    #expect(line.contains(",2009-2-30,\(quoted),"))
    let (before, after) = (WrittenText.read(cell).value, WrittenText.read(written).value)
    #expect(before == after)
  }

  @Test("a heading that is a formula is protected too (fault 15)")
  func formulaHeading() throws {
    let file = CaseText(["发生日期": "2009-2-30", "=1+1": "x"])
    let bytes = try RejectsWriterTests.rejects(of: Array(file.text.utf8))
    #expect(String(decoding: bytes, as: UTF8.self).contains(",'=1+1,"))
    #expect(try RejectsWriterTests.rejects(of: bytes) == bytes)
  }

  @Test("UTF-8 stays UTF-8, with the mark where there was one")
  func utf8() throws {
    let plain = Array(RejectsWriterTests.twoRows.text.utf8)
    let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + plain
    let text = try String(
      validating: RejectsWriterTests.rejects(of: plain), as: UTF8.self)
    #expect(text?.hasPrefix("姓名") == true)
    #expect(try RejectsWriterTests.rejects(of: marked).starts(with: [0xEF, 0xBB, 0xBF]))
  }
}

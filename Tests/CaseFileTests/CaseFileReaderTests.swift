import CaseFile
import ExchangeRules
import Foundation
import Testing

@Suite("Case files read: encodings, headings, good rows")
struct CaseFileReaderTests {
  @Test("UTF-8, UTF-8 with its mark and GB18030 give the same row, in pieces of any size")
  func encodings() throws {
    let text = CaseText(["备注": "随夫流动，\"暂住\"", "现孕": "是"]).text
    let utf8 = Array(text.utf8)
    let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + utf8
    let expected = try #require(CaseText.entries(utf8).rows.first)
    #expect(expected.name == "王样例")
    #expect(expected.facts.currentlyPregnant)
    #expect(expected.remark == "随夫流动，\"暂住\"")
    for bytes in [utf8, marked, CaseText.gb18030(text)] {
      for pieces in [1, 7, 1 << 16] {
        #expect(try CaseText.entries(bytes, pieces: pieces).rows == [expected])
      }
    }
    let options = try CaseText.options()
    #expect(try CaseText.reader(utf8, options: options).encoding == .utf8)
    #expect(try CaseText.reader(marked, options: options).encoding == .utf8WithMark)
    #expect(try CaseText.reader(CaseText.gb18030(text), options: options).encoding == .gb18030)
  }

  @Test("S6.7, S2.1: a row gives the item's parties, birth date and sex from the number")
  func row() throws {
    let row = try #require(CaseText.entries(CaseText().gb18030).rows.first)
    #expect(row.kind == .assistRequest && row.category == .assist)
    #expect(row.from.description == "440306" && row.to.description == "441702")
    #expect(row.citizenID == CaseText.number)
    #expect(row.facts.birthDate?.description == "1991-07-03")
    #expect(row.facts.sex == .female)
    #expect(row.residence.code.description == "440306018")
    #expect(row.household.text == "埠场镇样例村2号")
    #expect(row.line == 2)
  }

  @Test("S4.1: entered at the household's place, the request goes the other way")
  func otherWay() throws {
    let rows = try CaseText.entries(
      CaseText().gb18030, options: CaseText.options(entering: "441702102")
    ).rows
    #expect(rows.map(\.from.description) == ["441702"])
    #expect(rows.map(\.to.description) == ["440306"])
  }

  @Test("headings stand in any order, in synonyms, in English, with marks and notes")
  func headings() throws {
    let expected = try CaseText.entries(CaseText().gb18030).rows
    var reordered = CaseText()
    reordered.headings.reverse()
    reordered.rows[0].reverse()
    var synonyms = CaseText()
    synonyms.headings = ["*姓 名", "身份证号（18位）", "现居住地行政区划", "现住址", "户籍地代码", "户籍所在地地址："]
    var english = CaseText()
    english.headings = [
      "Name", "Citizen ID", "residence code", "Residence", "household_code", "Household address",
    ]
    for file in [reordered, synonyms, english] {
      #expect(try CaseText.entries(Array(file.text.utf8)).rows == expected)
    }
  }

  @Test("a title above the headings, empty lines and empty columns at the end are passed over")
  func titles() throws {
    let text = "流动人口协查花名册,,,,,,,\n,,,,\n" + CaseText().text.replacing("\r\n", with: ",,\n")
    let rows = try CaseText.entries(CaseText.gb18030(text + ",,,,\n\n")).rows
    #expect(rows.map(\.line) == [4])
  }

  @Test("semicolon and tab separate where the first line says so", arguments: [";", "\t"])
  func separators(sign: String) throws {
    let text = CaseText().text.replacing(",", with: sign)
    #expect(try CaseText.entries(Array(text.utf8)).rows.count == 1)
  }

  @Test(
    "UTF-16 of either order, with its mark and without, in pieces of any size, gives the same row",
    arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian], [true, false])
  func utf16(encoding: String.Encoding, hasMark: Bool) throws {
    let text = CaseText(["备注": "𠮷祥路"]).text.replacing(",", with: "\t")
    let bytes = Array(try #require(((hasMark ? "\u{FEFF}" : "") + text).data(using: encoding)))
    let expected = try CaseText.entries(Array(text.utf8)).rows
    #expect(expected.map(\.remark) == ["𠮷祥路"])
    for pieces in [1, 2, 3, 1 << 16] {
      #expect(try CaseText.entries(bytes, pieces: pieces).rows == expected)
    }
    let reader = try CaseText.reader(bytes, options: CaseText.options())
    #expect(reader.encoding == .utf8WithMark && reader.header.separator == 0x2C)
  }

  @Test("half a character at the end of UTF-16 costs its row alone")
  func halfOfUTF16() throws {
    let bytes = Array(try #require("\u{FEFF}\(CaseText().text)".data(using: .utf16LittleEndian)))
    let result = try CaseText.entries(bytes + [0x41])
    #expect(result.rows.count == 1)
    #expect(result.rejected.map { $0.problems.map(\.reason).first } == ["undecodable"])
  }

  @Test("a title with a comma in front of a table with tabs is a title")
  func titleWithComma() throws {
    let text = "花名册，2026年,11月\n制表:西乡街道\n" + CaseText().text.replacing(",", with: "\t")
    #expect(try CaseText.entries(CaseText.gb18030(text)).rows.map(\.line) == [4])
    #expect(
      try CaseText.entries(Array("sep=;\r\n\(CaseText().text.replacing(",", with: ";"))".utf8)).rows
        .count == 1)
  }

  @Test("a spreadsheet's error in a column that is imported is a refusal, elsewhere it is not read")
  func errors() throws {
    let file = CaseText(["联系电话": "#n/a", "幸运数字": "#REF!"])
    let rejected = try CaseText.entries(Array(file.text.utf8)).rejected
    #expect(rejected.flatMap(\.problems).map(\.reason) == ["failedFormula"])
    #expect(rejected.flatMap(\.problems).map(\.field) == ["telephone"])
    #expect(try CaseText.entries(Array(CaseText(["幸运数字": "#REF!"]).text.utf8)).rows.count == 1)
  }

  @Test("headings that mean nothing here are named, for a warning")
  func unknownHeadings() throws {
    let file = CaseText(["幸运数字": "7"])
    let reader = try CaseText.reader(file.gb18030, options: CaseText.options())
    #expect(reader.header.unknownHeadings == ["幸运数字"])
  }

  @Test("missing mandatory headings are one error that names them all")
  func missingHeadings() throws {
    var file = CaseText()
    file.headings[1] = "号码"
    file.headings[4] = "编码"
    let failure = #expect(throws: CaseFileFailure.self) {
      _ = try CaseText.entries(file.gb18030)
    }
    #expect(failure?.reason == .missingHeadings)
    #expect(failure?.text.chinese == "标题行缺少“公民身份号码”“户籍地编码”：请补上这些列")
  }

  @Test(
    "what is no case file is refused with what to do",
    arguments: [
      ([], CaseFileFailure.Reason.isEmpty), (Array("\n\n,,\n".utf8), .isEmpty),
      ([0x50, 0x4B, 0x03, 0x04, 0x14], .isSpreadsheet), ([0xD0, 0xCF, 0x11, 0xE0], .isSpreadsheet),
      ([0xFF, 0xFE, 0x41, 0x00], .noHeadings), ([0xFF, 0xFE], .isEmpty),
      (Array("\u{FEFF}\r\n<html><table>".utf8), .isMarkup),
      (Array("<?xml version=\"1.0\"?><Workbook/>".utf8), .isMarkup),
      (Array("1,2,3\n4,5,6\n".utf8), .noHeadings),
    ] as [([UInt8], CaseFileFailure.Reason)])
  func notACaseFile(bytes: [UInt8], reason: CaseFileFailure.Reason) throws {
    let failure = #expect(throws: CaseFileFailure.self) { _ = try CaseText.entries(bytes) }
    #expect(failure?.reason == reason)
  }

  @Test("a file that cannot be opened says why")
  func noFile() throws {
    let options = try CaseText.options()
    let failure = #expect(throws: CaseFileFailure.self) {
      _ = try CaseFileReader(path: "/nonexistent/cases.csv", options: options)
    }
    #expect(failure?.reason == .cannotRead)
    #expect(
      failure?.text.english == "cannot read /nonexistent/cases.csv: No such file or directory")
  }

  @Test("S3: the typed record of the row's category is read from its columns")
  func record() throws {
    let birth = CaseText([
      "信息类型": "通报", "信息类别": "生育信息", "子女性别": "女", "接生单位": "示例医院", "生育日期": "2025年3月1日",
      "孩次": "１", "政策内外": "政策内出生", "已交金额": "",
    ])
    let row = try #require(CaseText.entries(birth.gb18030).rows.first)
    #expect(row.kind == .serviceNotice && row.category == .birth)
    #expect(
      row.record == [
        "childSex": .code("2"), "hospital": .text("示例医院"), "birthDate": .date(20_250_301),
        "order": .count(1), "policy": .code("001"),
      ])
    let fee = CaseText([
      "信息类别": "10", "决定书编号": "示例〔2025〕1号", "已交金额": "¥1,234.5元", "是否缴清": "否",
    ])
    let paid = try #require(CaseText.entries(fee.gb18030).rows.first)
    #expect(paid.kind == .serviceNotice && paid.category == .maintenanceFee)
    #expect(
      paid.record == [
        "decisionNumber": .text("示例〔2025〕1号"), "amountPaid": .money(123_450),
        "settled": .flag(false),
      ])
  }

  @Test("a heading that the case and a record share says both; the woman's facts are not a child's")
  func sharedHeadings() throws {
    let file = CaseText([
      "信息类别": "流入信息", "流入日期": "2025-1-2", "持证情况": "没有证", "birth date": "1991-7-3",
    ])
    let row = try #require(CaseText.entries(file.gb18030).rows.first)
    #expect(row.facts.certificate == .none)
    #expect(row.record == ["inflowDate": .date(20_250_102), "certificateHeld": .code("2")])
  }

  @Test("the fifteen things to check are read by number and by name")
  func checkItems() throws {
    let file = CaseText(["协查项目": "姓名、公民身份号码；14"])
    let row = try #require(CaseText.entries(file.gb18030).rows.first)
    #expect(row.checkItems == [.name, .citizenID, .maritalStatus])
    #expect(try CheckItem.list("1, 7,７").value == [.name, .citizenID])
    #expect(throws: ReadingRefusal.self) { try CheckItem.list("16") }
    #expect(try CheckItem.list("").value == [])
  }
}

import CaseFile
import ExchangeRules
import Testing

@Suite("Rows that are not taken: field, masked value, reason, remedy")
struct RejectedRowsTests {
  struct Spoiled: Sendable, CustomTestStringConvertible {
    var cells: [(String, String)]
    var field: String
    var reason: String
    var masked: String
    var testDescription: String { "\(field) \(reason)" }

    init(_ cells: [(String, String)], _ field: String, _ reason: String, masked: String = "") {
      self.cells = cells
      self.field = field
      self.reason = reason
      self.masked = masked
    }
  }

  static let number = "公民身份号码"
  static let table: [Spoiled] = [
    // S6.7: an item must be searchable.
    Spoiled([("姓名", "　")], "name", "missing"),
    Spoiled([(number, "")], "citizenId", "missing"),
    Spoiled([("现居住地地址", "")], "residence.text", "missing"),
    Spoiled([("户籍地地址", "")], "household.text", "missing"),
    Spoiled([("户籍地编码", "")], "household.code", "missing"),
    Spoiled([("户籍地编码", "441702102")], "household.code", "notToVillage", masked: "441702102"),
    Spoiled([("户籍地编码", "4417")], "household.code", "notACode", masked: "4417"),
    Spoiled(
      [("户籍地编码", "449999102201")], "household.code", "unknownDivision", masked: "449999102201"),
    // S12.2: number, sex and birth date agree.
    Spoiled(
      [(number, "440726199107031220")], "citizenId", "checkDigit", masked: "440726***********0"),
    Spoiled([(number, "44072619910703")], "citizenId", "length", masked: "**************"),
    Spoiled(
      [(number, "440726199102301221")], "citizenId", "date", masked: "440726***********1"),
    Spoiled([(number, "4.40726E+17")], "citizenId", "scientificNotation", masked: "***********"),
    Spoiled(
      [(number, "440726199107031000")], "citizenId", "precisionLost", masked: "440726***********0"),
    Spoiled([("出生日期", "1991-7-4")], "birthDate", "differsFromCitizenID", masked: "1991-7-4"),
    Spoiled([("性别", "男")], "sex", "differsFromCitizenID", masked: "男"),
    Spoiled([("性别", "女子")], "sex", "unknownValue", masked: "女子"),
    // What spreadsheets make of codes and telephones (fault 9).
    Spoiled(
      [("户籍地编码", "4.41702E+11")], "household.code", "scientificNotation", masked: "4.41702E+11"),
    Spoiled([("现居住地编码", "西乡街道")], "residence.code", "notACode", masked: "西乡街道"),
    Spoiled([("联系电话", "1.38E+10")], "telephone", "scientificNotation", masked: "****E+10"),
    Spoiled([("联系电话", "她丈夫知道")], "telephone", "notATelephone", masked: "*丈夫知道"),
    // S6.7: addresses at which nobody can be found, and what is no name (fault 10).
    Spoiled([("现居住地地址", "西乡街道")], "residence.text", "vague", masked: "西乡街道"),
    Spoiled([("户籍地地址", "阳江市江城区闸坡镇")], "household.text", "vague", masked: "阳江市江城区…"),
    Spoiled([("户籍地地址", "同上")], "household.text", "vague", masked: "同上"),
    Spoiled([("户籍地地址", "不详")], "household.text", "vague", masked: "不详"),
    Spoiled([("现居住地地址", "-")], "residence.text", "vague", masked: "-"),
    Spoiled([("姓名", "不详")], "name", "notAName", masked: "不*"),
    // A reason that says nothing (fault 14), and another document's number (fault 8).
    Spoiled([(number, ""), ("无身份号码原因", "\u{2060}"), ("出生日期", "1991-7-3")], "citizenId", "missing"),
    Spoiled(
      [(number, "E12345678"), ("出生日期", "1991-7-3"), ("性别", "女")], "citizenId", "otherDocument",
      masked: "*********"),
    // Choices name what there is to choose from (fault 13).
    Spoiled([("现孕", "/")], "currentlyPregnant", "unknownValue", masked: "/"),
    Spoiled([("现孕", "-")], "currentlyPregnant", "unknownValue", masked: "-"),
    Spoiled([("现孕", "未婚")], "currentlyPregnant", "unknownValue", masked: "未婚"),
    Spoiled([("发生日期", "930506")], "occurred", "dateShortYear", masked: "930506"),
    // S1.1: a woman of 15 to 49 on the day.
    Spoiled([(number, "440726199107031216"), ("性别", "男")], "sex", "notFemale", masked: "男"),
    Spoiled([(number, "440726201511251229")], "birthDate", "tooYoung"),
    Spoiled(
      [(number, ""), ("无身份号码原因", "未办"), ("出生日期", "1970-1-1")], "birthDate", "tooOld",
      masked: "1970-1-1"),
    Spoiled([(number, ""), ("无身份号码原因", "未办")], "birthDate", "missing"),
    // S2.1: counties exchange, and each enters what it has a part in.
    Spoiled(
      [("现居住地编码", "440306022")], "residence.code", "notOurs", masked: "440306022"),
    Spoiled(
      [("户籍地编码", "440306022001")], "household.code", "sameCounty", masked: "440306022001"),
    // What spreadsheets make of dates.
    Spoiled([("发生日期", "39969")], "occurred", "dateSerialNumber", masked: "39969"),
    Spoiled([("发生日期", "09-6-5")], "occurred", "dateShortYear", masked: "09-6-5"),
    Spoiled([("发生日期", "2009-6")], "occurred", "dateDayMissing", masked: "2009-6"),
    Spoiled([("发生日期", "6/5/2009")], "occurred", "dateYearNotFirst", masked: "6/5/2009"),
    Spoiled([("发生日期", "2009-2-30")], "occurred", "notADate", masked: "2009-2-30"),
    Spoiled([("发生日期", "2026-11-25")], "occurred", "dateInTheFuture", masked: "2026-11-25"),
    // Kinds, categories and their records.
    Spoiled([("信息类型", "其他")], "kind", "unknownValue", masked: "其他"),
    Spoiled([("信息类型", "通报")], "category", "missing"),
    Spoiled([("信息类别", "彩票信息")], "category", "unknownValue", masked: "彩票信息"),
    Spoiled(
      [("信息类型", "通报"), ("信息类别", "协查项目")], "category", "notForKind", masked: "协查项目"),
    Spoiled([("协查项目", "16")], "checkItems", "unknownValue", masked: "16"),
    Spoiled([("信息类别", "生育信息")], "record.birthDate", "missing"),
    Spoiled(
      [("信息类别", "9"), ("生育日期", "2025-1-2"), ("子女性别", "x")], "record.childSex", "unknownValue",
      masked: "x"),
    Spoiled([("孩次", "1")], "record.order", "notForCategory", masked: "1"),
    Spoiled(
      [("信息类别", "9"), ("生育日期", "2025-1-2"), ("孩次", "21")], "record.order", "outOfRange",
      masked: "21"),
    Spoiled(
      [("信息类别", "9"), ("生育日期", "2025-1-2"), ("孩次", "一")], "record.order", "notANumber",
      masked: "一"),
    Spoiled(
      [("信息类别", "9"), ("生育日期", "2027-1-2")], "record.birthDate", "inTheFuture",
      masked: "2027-1-2"),
    Spoiled(
      [("信息类别", "10"), ("决定书编号", "1"), ("已交金额", "1.234")], "record.amountPaid", "notAnAmount",
      masked: "1.234"),
    Spoiled(
      [("信息类别", "9"), ("生育日期", "2025-1-2"), ("分娩医院", "1.2E+12")], "record.hospital",
      "scientificNotation"),
    Spoiled(
      [("信息类别", "5"), ("流入日期", "2025-1-2"), ("流入地编码", "4403")], "record.inflowCode",
      "notACode", masked: "4403"),
    Spoiled([("现孕", "也许")], "currentlyPregnant", "unknownValue", masked: "也许"),
    Spoiled([("备注", String(repeating: "注", count: 700))], "remark", "textTooLong", masked: "…"),
  ]

  @Test("each mistake is one problem with a remedy", arguments: table)
  func spoiled(spoiled: Spoiled) throws {
    var file = CaseText()
    for (heading, cell) in spoiled.cells {
      let changed = CaseText([heading: cell])
      if let column = file.headings.firstIndex(of: heading) {
        file.rows[0][column] = cell
      } else {
        file.headings.append(heading)
        file.rows[0].append(changed.rows[0][changed.headings.count - 1])
      }
    }
    let result = try CaseText.entries(file.gb18030)
    #expect(result.rows.isEmpty)
    let row = try #require(result.rejected.first)
    #expect(row.line == 2)
    #expect(row.problems.map(\.reason) == [spoiled.reason])
    #expect(row.problems.map(\.field) == [spoiled.field])
    #expect(row.problems.map(\.maskedValue) == [spoiled.masked])
    for problem in row.problems {
      #expect(!problem.heading.isEmpty)
      for language in Language.allCases {
        #expect(!problem.text[language].isEmpty && !problem.remedy[language].isEmpty)
      }
      // G3: what identifies her is in no message.
      #expect(!problem.chineseLine.contains("王样例"))
      #expect(!problem.chineseLine.contains("19910703"))
    }
  }

  @Test(
    "a choice that is refused names the choices (fault 13)",
    arguments: [
      ("现孕", "/", ["是", "否"]), ("性别", "-", ["女", "男"]), ("婚育证明", "/", ["有证", "没有证", "不规范"]),
      ("避孕措施", "/", ["长效", "其他", "未避孕"]), ("信息类型", "/", ["协查", "服务管理信息"]),
      ("信息类别", "/", ["9 生育信息", "11 协查项目"]), ("协查项目", "16", ["1 姓名", "15 家庭户信息"]),
    ])
  func choices(heading: String, cell: String, choices: [String]) throws {
    let rejected = try CaseText.entries(CaseText([heading: cell]).gb18030).rejected
    let problem = try #require(rejected.flatMap(\.problems).first { $0.reason == "unknownValue" })
    for choice in choices {
      #expect(problem.remedy.chinese.contains(choice) && problem.remedy.english.contains(choice))
    }
  }

  @Test("all that is wrong with a row is said at once")
  func allProblems() throws {
    let file = CaseText(["姓名": "", "户籍地编码": "441702", "发生日期": "昨天"])
    let problems = try CaseText.entries(file.gb18030).rejected.flatMap(\.problems)
    #expect(problems.map(\.field).sorted() == ["household.code", "name", "occurred"])
  }

  @Test("the remedy for an abolished county names what stands in its place")
  func abolished() throws {
    let file = CaseText(["户籍地编码": "440726102201"])
    let problem = try #require(CaseText.entries(file.gb18030).rejected.first?.problems.first)
    #expect(problem.reason == "unknownDivision")
    #expect(problem.remedy.chinese.contains("441702 广东省阳江市江城区"))
  }

  @Test("a byte that no encoding knows costs the cell's row and no other")
  func undecodable() throws {
    var bytes = CaseText().gb18030
    let good = CaseText(["姓名": "李样例"]).gb18030
    let start = try #require(bytes.firstIndex(of: 0x0A)) + 1
    bytes[start] = 0xFF
    bytes += good[(try #require(good.firstIndex(of: 0x0A)) + 1)...]
    let result = try CaseText.entries(bytes)
    #expect(result.rows.map(\.name) == ["李样例"])
    #expect(result.rejected.flatMap(\.problems).first?.reason == "undecodable")
    #expect(result.rejected.flatMap(\.problems).first?.field == "name")
  }

  @Test("an unquoted comma that shifts the columns is noticed")
  func extraCells() throws {
    var file = CaseText()
    file.rows[0].insert("李", at: 0)
    let reasons = try CaseText.entries(file.gb18030).rejected.flatMap(\.problems).map(\.reason)
    #expect(reasons.contains("extraCells"))
  }

  @Test("a quote that is not closed is a row's problem; the row behind it goes in")
  func unclosedQuote() throws {
    let lines = CaseText().text.split(separator: "\r\n")
    let text = "\(lines[0])\n\"\(lines[1])\n\(lines[1])\n"
    let result = try CaseText.entries(CaseText.gb18030(text))
    #expect(result.rejected.flatMap(\.problems).map(\.reason) == ["unclosedQuote"])
    #expect(result.rows.map(\.line) == [3])
  }

  @Test("a row that says the same as an earlier one is not entered twice")
  func repeated() throws {
    var file = CaseText()
    file.rows.append(file.rows[0])
    let result = try CaseText.entries(file.gb18030)
    #expect(result.rows.count == 1)
    #expect(result.rejected.flatMap(\.problems).map(\.reason) == ["repeatedRow"])
    #expect(result.rejected.flatMap(\.problems).map(\.text.chinese) == ["与第2行内容相同"])
  }

  @Test("a doubtful number is kept by a role that may, with a reason")
  func doubtfulNumber() throws {
    let file = CaseText([RejectedRowsTests.number: "440726199107031220", "身份号码说明": "证件如此"])
    let refused = try CaseText.entries(file.gb18030)
    #expect(refused.rejected.flatMap(\.problems).map(\.reason) == ["mayNotKeep"])
    let kept = try CaseText.entries(file.gb18030, options: CaseText.options(mayKeep: true))
    // Nothing in a doubtful number is taken for a fact: the birth date must stand beside it.
    #expect(kept.rejected.flatMap(\.problems).map(\.field) == ["birthDate"])
  }
}

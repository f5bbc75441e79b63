import CaseFile
import ExchangeRules
import Testing

@Suite("Cells as real offices write them: taken, and what was changed is shown")
struct WrittenCellTests {
  /// The only row of a file with cells changed.
  private func row(_ cells: KeyValuePairs<String, String>) throws -> CaseRow {
    let result = try CaseText.entries(Array(CaseText(cells).text.utf8))
    #expect(result.rejected.flatMap(\.problems).map(\.reason) == [])
    return try #require(result.rows.first)
  }

  private func words(_ row: CaseRow) -> [String] {
    row.changes.map { "\($0.heading) \($0.made.words.joined(separator: " "))" }
  }

  @Test(
    "a number in each spelling is one number, and one item (fault 7)",
    arguments: [
      ("'440726199107031224", "armour"), ("=\"440726199107031224\"", "armour"),
      ("440726199107031224\u{A0}", "blanks"), ("\u{200B}440726199107031224", "invisible"),
      ("440726\u{2060}199107031224", "invisible"), ("\u{FEFF}440726199107031224", "invisible"),
      ("440726 19910703 1224", "blanks"), ("４４０７２６１９９１０７０３１２２４", "width"),
    ])
  func number(cell: String, change: String) throws {
    let row = try row(["公民身份号码": cell])
    #expect(row.citizenID == CaseText.number)
    #expect(try row.id == self.row([:]).id)
    #expect(words(row) == ["公民身份号码 \(change)"])
  }

  @Test(
    "codes and telephones that lost no digit are read (fault 9)",
    arguments: [
      ("441702102201.0", "13800000001.0", "wholeNumber"),
      ("4.41702102201E+11", "1.3800000001E+10", "wholeNumber"),
      ("'441702102201", "'13800000001", "armour"),
      ("４４１７０２１０２２０１", "１３８００００００１", "width"),
    ])
  func numbers(code: String, telephone: String, change: String) throws {
    let row = try row(["户籍地编码": code, "联系电话": telephone])
    #expect(row.household.code.description == "441702102201")
    #expect(row.telephone.hasPrefix("138000000"))
    #expect(words(row) == ["户籍地编码 \(change)", "联系电话 \(change)"])
  }

  @Test("a moment of another zone is the day that it was in China, and that is shown (fault 12)")
  func zone() throws {
    let row = try row(["登记日期": "2026-11-01T16:00:00.000Z", "最近生育日期": "2025-12-31T16:00:00.000Z"])
    #expect(row.registered == CivilDate(year: 2026, month: 11, day: 2))
    #expect(row.facts.lastBirth == CivilDate(year: 2026, month: 1, day: 1))
    #expect(words(row) == ["登记日期 timeOfDay zone", "最近生育日期 timeOfDay zone"])
  }

  @Test(
    "what offices write for pregnant or not (fault 13)",
    arguments: [
      ("是", true), ("有", true), ("√", true), ("✓", true), ("✔", true), ("Y", true), ("已孕", true),
      ("孕3个月", true), ("怀孕12周", true), ("现孕二孩", true), ("否", false), ("无", false), ("×", false),
      ("✗", false), ("未孕", false),
    ])
  func pregnant(cell: String, isPregnant: Bool) throws {
    #expect(try row(["现孕": cell]).facts.currentlyPregnant == isPregnant)
  }

  @Test("a name has one dot and no blanks between its characters (fault 11)")
  func name() throws {
    #expect(try row(["姓名": "阿依古丽•买买提"]).name == "阿依古丽·买买提")
    #expect(try row(["姓名": "周　试"]).name == "周试")
  }

  @Test("another document's number is kept with a reason, by any role (fault 8)")
  func document() throws {
    let row = try row([
      "公民身份号码": "e12345678", "无身份号码原因": "外国人，持护照", "出生日期": "1991-7-3", "性别": "女",
    ])
    #expect(row.citizenID == "E12345678" && row.noCitizenIDReason == "外国人，持护照")
  }

  @Test("a spouse's number and telephone are read as her own are")
  func spouse() throws {
    let row = try row([
      "信息类型": "通报", "信息类别": "配偶信息", "配偶姓名": "李　试", "配偶公民身份号码": "'11010519491231002x",
      "配偶联系电话": "13800000001.0",
    ])
    #expect(row.record["name"] == .text("李试"))
    #expect(row.record["citizenId"] == .text("11010519491231002X"))
    #expect(row.record["telephone"] == .text("13800000001"))
  }

  @Test("a heading that stands twice is named as such, and the first column counts (fault 13)")
  func repeatedHeading() throws {
    var file = CaseText()
    file.headings.append("身份证号")
    file.rows[0].append("440306199002030228")
    let reader = try CaseText.reader(Array(file.text.utf8), options: CaseText.options())
    #expect(reader.header.repeatedHeadings == ["身份证号"])
    #expect(reader.header.unknownHeadings == [])
    #expect(try CaseText.entries(Array(file.text.utf8)).rows.map(\.citizenID) == [CaseText.number])
  }
}

import CaseFile
import ExchangeRules
import Testing

@Suite("Cells as spreadsheets and people write them")
struct CellTests {
  @Test(
    "armour around a text is taken off",
    arguments: [
      ("  王小红 ", "王小红"), ("　王小红　", "王小红"), ("=\"441702198001010000\"", "441702198001010000"),
      ("'0662", "0662"), ("\u{FEFF}姓名", "姓名"), ("\t12\t", "12"), ("=\"\"", ""), ("=1+1", "=1+1"),
      ("", ""), ("'", ""), ("１２", "１２"),
    ])
  func content(cell: String, content: String) {
    #expect(CellText.content(of: cell) == content)
  }

  @Test(
    "codes and numbers are read in full width and with spaces inside",
    arguments: [
      ("４４１７０２", "441702"), ("4417 0219", "44170219"), ("４４１ｘ", "441x"), ("1\u{3000}2", "12"),
    ])
  func code(cell: String, code: String) {
    #expect(CellText.code(of: cell) == code)
  }

  @Test(
    "the exponential form of a long number is recognised",
    arguments: [
      ("4.41702E+17", true), ("4.4E17", true), ("4E+17", true), ("4.41702e+17", true),
      ("441702198001010000", false), ("44170219800101000X", false), ("E+17", false), ("4.E", false),
      ("1.2.3E+4", false), ("", false),
    ])
  func scientific(text: String, isScientific: Bool) {
    #expect(CellText.isScientific(text) == isScientific)
  }

  @Test(
    "a date is read in each form that names year, month and day",
    arguments: [
      "2009-6-5", "2009/6/5", "2009.06.05", "20090605", "2009年6月5日", "２００９年６月５日", "2009/06/05 0:00",
      "2009-06-05 00:00:00", "2009-06-05T08:30:00", " 2009-06-05 ", "=\"20090605\"",
      "2009 年 6 月 5 日",
    ])
  func date(cell: String) throws {
    #expect(try CellDate.parse(cell) == .success(CellTests.fifthOfJune))
  }

  @Test(
    "anything else is refused with what is wrong with it",
    arguments: [
      ("39969", CellDate.Refusal.serialNumber), ("09-6-5", .shortYear), ("2009-6", .dayMissing),
      ("200906", .dayMissing), ("2009年6月", .dayMissing), ("6/5/2009", .yearNotFirst),
      ("2009-2-29", .notADate), ("20090631", .notADate), ("不详", .notADate), ("", .notADate),
      ("2009-13-01", .notADate), ("99999999999999999999", .notADate), ("0000-00-00", .notADate),
    ])
  func refused(cell: String, refusal: CellDate.Refusal) {
    #expect(CellDate.parse(cell) == .failure(refusal))
  }

  static var fifthOfJune: CivilDate {
    get throws { try #require(CivilDate(year: 2009, month: 6, day: 5)) }
  }
}

import ExchangeRules
import ReferenceData
import TestSupport
import Testing

@Suite("Numbers of the real world: codes, spellings, other documents (faults 7 and 8)")
struct IdentityDocumentTests {
  let register = DivisionRegister.national
  let today = CivilDate(year: 2026, month: 11, day: 27)

  func report(_ text: String) -> CitizenIDReport {
    CitizenIDReport(checking: text, register: register, today: today)
  }

  /// As any spreadsheet, keyboard or chat program writes 440306199002030228 (synthetic).
  static let spellings: [(String, [String])] = [
    ("440306199002030228", []), ("\u{FEFF}440306199002030228", ["invisible"]),
    ("'440306199002030228", ["armour"]), ("=\"440306199002030228\"", ["armour"]),
    ("440306199002030228\u{A0}", ["blanks"]), ("\u{200B}440306199002030228", ["invisible"]),
    ("440306\u{2060}199002030228", ["invisible"]), ("440306 19900203 0228", ["blanks"]),
    ("４４０３０６１９９００２０３０２２８", ["width"]), ("\u{202D}440306199002030228\u{202C}", ["invisible"]),
    ("440306199002030228\r", ["blanks"]),
  ]

  @Test("one number in each spelling is one number (fault 7)", arguments: spellings)
  func spelling(text: String, changed: [String]) {
    let report = report(text)
    #expect(report.isValid && report.normalized == "440306199002030228")
    #expect(report.changes.words == changed)
    #expect(CitizenIDReport.normalizing(text) == "440306199002030228")
    #expect(CitizenID(text)?.digits == "440306199002030228")
  }

  @Test(
    "what people type for X is X; a legacy number out of a spreadsheet is read",
    arguments: [
      ("11010519491231002×", ["lookAlike"]), ("11010519491231002Х", ["lookAlike"]),
      ("11010519491231002x", ["letterCase"]), ("110105491231002.0", ["wholeNumber", "upgraded"]),
      ("110105491231002", ["upgraded"]),
    ])
  func lookAlike(text: String, changed: [String]) {
    let report = report(text)
    #expect(report.isValid && report.normalized == "11010519491231002X")
    #expect(report.changes.words == changed)
  }

  @Test(
    "numbers were given out under a city's districts and under codes that are gone (fault 8)",
    arguments: [
      ("440401", "珠海市市辖区"), ("440301", "深圳市市辖区"), ("371001", "威海市市辖区"),
      ("140120", "太原市市区"), ("110100", "北京市市辖区"), ("500200", "重庆市县"), ("440121", "花县"),
      ("110103", "崇文区"), ("432301", "益阳市"),
    ])
  func issuing(region: String, name: String) {
    let report = report(
      NumberMaker.number(region: region, born: "19850615", sequence: "342"))
    #expect(report.isValid && report.region == name)
    #expect(report.document == .citizenCard)
  }

  @Test(
    "what no number was ever given out under is a problem",
    arguments: [
      ("440399", "342", CitizenIDProblem.region), ("990105", "342", .region),
      ("440306", "000", .serial),
    ])
  func never(region: String, sequence: String, problem: CitizenIDProblem) {
    let number = NumberMaker.number(region: region, born: "19850615", sequence: sequence)
    #expect(report(number).problems == [problem])
    #expect(problem == .region || CitizenID(number) == nil)
  }

  @Test(
    "the residence permits of Hong Kong, Macao and Taiwan have a citizen ID number",
    arguments: [
      ("810000", IdentityDocument.residenceHongKong), ("820000", .residenceMacao),
      ("830000", .residenceTaiwan),
    ])
  func permits(region: String, document: IdentityDocument) throws {
    let number = NumberMaker.number(region: region, born: "19940823", sequence: "002")
    #expect(report(number).isValid && report(number).document == document)
    #expect(document.hasCitizenNumber)
    let standing = try DoubtfulNumber.standing(
      of: number, reason: "", mayKeepDoubtful: false, register: register, today: today)
    #expect(standing == .sound)
  }

  /// All synthetic.
  static let others: [(String, IdentityDocument)] = [
    // Guangdong, country 840, the new form with its check digit.
    (NumberMaker.number(region: "944840", born: "19850615", sequence: "342"), .permanentResident),
    ("USA110085061534", .formerPermanentResident),
    ("E12345678", .passport), ("EA1234567", .passport), ("g12345678", .passport),
    ("护照：AB123456", .passport), ("H12345678", .travelPermit), ("M1234567890", .travelPermit),
    ("12345678", .travelPermit), ("台胞证12345678", .travelPermit),
    ("123456789", .householdBooklet), ("户口簿 123456789", .householdBooklet),
    ("户号：441702001", .householdBooklet),
  ]

  @Test("other documents are told apart, and accepted with a reason (fault 8)", arguments: others)
  func documents(text: String, document: IdentityDocument) throws {
    let report = report(text)
    #expect(report.document == document)
    #expect(report.problems.contains(.otherDocument))
    func standing(_ reason: String) throws -> DoubtfulNumber.Standing {
      try DoubtfulNumber.standing(
        of: text, reason: reason, mayKeepDoubtful: false, register: register, today: today)
    }
    #expect(try standing("外国人，无公民身份号码") == .document(document))
    for reason in ["", "不详", "\u{2060}"] {
      let refusal = #expect(throws: RuleFailure.self) { try standing(reason) }
      #expect(refusal?.reason == "otherDocument")
      #expect(refusal?.text.chinese.contains(document.label.chinese) == true)
      #expect(refusal?.text.chinese.contains(text) == false)
    }
  }

  @Test(
    "a slip in a citizen ID number, a birth date or a word is no other document",
    arguments: [
      "44030619900203022", "4403061990020302281", "19900203", "44030619900203022Y", "没有", "1", "",
      "000000000000000000",
    ])
  func slips(text: String) {
    #expect(report(text).document == nil)
  }

  @Test("a search looks under each form that a number has had (fault 43)")
  func searchForms() {
    #expect(
      CitizenIDReport.spellings(" 11010519491231002x") == ["11010519491231002X", "110105491231002"])
    #expect(
      CitizenIDReport.spellings("110105491231002") == ["110105491231002", "11010519491231002X"])
    #expect(CitizenIDReport.spelling("１１０１０５４９１２３１００２") == "110105491231002")
  }
}

import ExchangeRules
import ReferenceData
import TestSupport
import Testing

@Suite("Citizen ID numbers (GB 11643-1999)")
struct CitizenIDTests {
  let register = DivisionRegister.national
  let today = CivilDate(year: 2026, month: 1, day: 1)

  func report(_ text: String) -> CitizenIDReport {
    CitizenIDReport(checking: text, register: register, today: today)
  }

  @Test(
    "all that is wrong is listed; with a wrong length or format nothing else can be read",
    arguments: [
      // The standard's own two examples.
      ("11010519491231002X", []), ("440524188001010014", []),
      // Lower case, full width, spaces around.
      ("11010519491231002x", []), ("１１０１０５１９４９１２３１００２Ｘ", []),
      ("１１０１０５１９４９１２３１００２ｘ", []), ("\u{3000} 11010519491231002X\t", []),
      // Legacy, and with an X, which it never had.
      ("110105491231002", []), ("11010549123100X", ["format"]),
      ("", ["length"]), ("1101051949123100", ["length"]), ("11010519491231002", ["length"]),
      ("11010519491231002X1", ["length"]), ("张三", ["length"]),
      ("1101051949123100AX", ["format"]), ("11010519491231002A", ["format"]),
      ("11010519491231X02X", ["format"]), ("1101051949123100张X", ["format"]),
      ("11010519490230002X", ["date", "checkDigit"]), ("110105490230002", ["date"]),
      ("110105194912310021", ["checkDigit"]),
      ("990105194912310023", ["region"]), ("990105491231002", ["region"]),
      ("990105194913310020", ["date", "checkDigit", "region"]),
      // The placeholders of 2010.
      ("000000000000000000", ["date", "checkDigit", "region", "serial"]),
    ])
  func problems(text: String, problems: [String]) {
    let report = report(text)
    #expect(report.problems.map(\.rawValue) == problems)
    #expect(report.isValid == problems.isEmpty)
    #expect(report.value == text)
  }

  @Test(
    "birth date, sex, region and the 18-character form are read",
    arguments: [
      ("11010519491231002x", "11010519491231002X", "1949-12-31", Sex.female, "朝阳区"),
      ("110105491231002", "11010519491231002X", "1949-12-31", .female, "朝阳区"),
      ("440524188001010014", "440524188001010014", "1880-01-01", .male, "潮阳县"),
    ])
  func read(text: String, normalized: String, born: String, sex: Sex, region: String) throws {
    let report = report(text)
    #expect(report.normalized == normalized)
    #expect(try report.birthDate == date(born))
    #expect(report.sex == sex)
    #expect(report.region == region)
    let number = try #require(CitizenID(text))
    #expect(number.digits == normalized)
    #expect(try number.birthDate == date(born))
  }

  @Test("a region is known if it ever existed; residence permits have three of their own")
  func regions() {
    // 崇文区 was abolished in 2010.
    #expect(register.regionName(sixDigits: 110_103, around: nil) == "崇文区")
    // One code, two lives: the one at the birth date or next after it.
    let early = CivilDate(year: 1960, month: 1, day: 1)
    let late = CivilDate(year: 2000, month: 1, day: 1)
    #expect(register.regionName(sixDigits: 419_001, around: early) == "义马市")
    #expect(register.regionName(sixDigits: 419_001, around: late) == "济源市")
    for code in [810_000, 820_000, 830_000] {
      #expect(register.regionName(sixDigits: code, around: nil) != nil)
    }
    #expect(register.regionName(sixDigits: 840_000, around: nil) == nil)
  }

  @Test("a birth date after today, or before 1850, is no date")
  func dateLimits() throws {
    for (born, holds) in [
      ("20260101", true), ("20260102", false), ("18500101", true), ("18491231", false),
    ] {
      let problems = report(NumberMaker.number(region: "110105", born: born, sequence: "002"))
        .problems
      #expect(problems == (holds ? [] : [.date]))
    }
  }

  @Test("any number made by the standard is valid; one changed digit never is")
  func properties() {
    var generator = SeededNumbers(seed: 11_643)
    let characters = Array("0123456789X")
    for _ in 0..<2000 {
      let born = CivilDate(dayNumber: Int.random(in: -20_000...20_000, using: &generator))
      let sequence = String(String(Int.random(in: 1001...1999, using: &generator)).dropFirst())
      let number = NumberMaker.number(
        region: "440305", born: String(born.yyyymmdd), sequence: sequence)
      let report = report(number)
      #expect(report.isValid && report.birthDate == born)
      #expect(report.sex == (sequence.utf8.last.map { $0 % 2 == 1 } == true ? .male : .female))
      var changed = Array(number)
      let place = Int.random(in: 0..<18, using: &generator)
      let other = characters.filter { $0 != changed[place] }.randomElement(using: &generator)
      changed[place] = other ?? "0"
      #expect(!self.report(String(changed)).isValid)
      if let legacy = CitizenID(number)?.legacyDigits {
        #expect(self.report(legacy).normalized == number)
      }
    }
  }

  @Test("bytes that are no UTF-8 never trap")
  func noise() {
    var generator = SeededNumbers(seed: 7)
    for _ in 0..<2000 {
      let count = Int.random(in: 0...40, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let report = CitizenIDReport(checking: bytes.span, register: register, today: today)
      #expect(!report.isValid)
    }
  }

  @Test(
    "G3: masked forms keep too little to identify",
    arguments: [
      ("11010519491231002X", "110105***********X"), ("110105491231002", "110105********2"),
      ("123456", "******"), ("", ""),
    ])
  func masking(number: String, masked: String) {
    #expect(Masking.citizenID(number) == masked)
  }

  @Test("G3: names and telephones are masked, and a number is not printed whole")
  func maskingOthers() throws {
    #expect(Masking.name("王芳") == "王*" && Masking.name("王小芳") == "王**")
    #expect(Masking.name("王") == "王*" && Masking.name("") == "")
    #expect(Masking.telephone("13800138000") == "*******8000" && Masking.telephone("110") == "***")
    let number = try #require(CitizenID("11010519491231002X"))
    #expect("\(number)" == "110105***********X")
  }

  @Test("a doubtful number is kept only with a reason, by who may; a placeholder never")
  func doubtful() throws {
    func standing(_ number: String, _ reason: String, _ may: Bool) throws -> DoubtfulNumber.Standing
    {
      try DoubtfulNumber.standing(
        of: number, reason: reason, mayKeepDoubtful: may, register: register, today: today)
    }
    #expect(try standing("11010519491231002X", "", false) == .sound)
    #expect(try standing("110105194912310021", "证件误印", true) == .kept([.checkDigit]))
    #expect(try standing(" ", "未办理户口登记", false) == .absent)
    let refusals = [
      ("110105194912310021", "", true, "checkDigit"),
      ("110105194912310021", "证件误印", false, "mayNotKeep"), ("", "\u{3000}", true, "missing"),
      ("000000000000000000", "暂无", true, "placeholder"),
      ("000000198001010000", "暂无", true, "placeholder"),
    ]
    for (number, reason, may, refusal) in refusals {
      let failure = #expect(throws: RuleFailure.self) { try standing(number, reason, may) }
      #expect(failure?.reason == refusal)
      #expect(failure.map { !$0.text.chinese.contains("110105") } == true)
    }
  }
}

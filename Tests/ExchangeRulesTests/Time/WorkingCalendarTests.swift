import ExchangeRules
import ReferenceData
import TestSupport
import Testing

@Suite("Working days (S4.3, S4.5)")
struct WorkingCalendarTests {
  let calendar = WorkingCalendar.national

  @Test("the national calendar covers 2004 through 2026")
  func covered() {
    #expect(calendar.coveredYears == 2004...2026)
  }

  @Test(
    "holidays are not worked, make-up weekend days are",
    arguments: [
      ("2009-10-01", false), ("2009-09-27", true), ("2009-10-09", true), ("2009-10-10", true),
      ("2009-10-11", false), ("2009-06-19", true), ("2009-06-20", false), ("2004-01-17", true),
      ("2026-12-31", true),
    ])
  func worked(day: String, isWorked: Bool) throws {
    #expect(try calendar.isWorkingDay(date(day)) == isWorked)
  }

  @Test(
    "S4.3, S4.5: the start is not counted; the golden week and its make-up days are",
    arguments: [
      // Friday; the next week is a plain one.
      ("2009-06-19", 5, "2009-06-26"),
      // A start on a weekend.
      ("2009-06-20", 5, "2009-06-26"),
      // 2009: 1 to 8 October off; Sunday 27 September and Saturday 10 October worked.
      ("2009-09-25", 4, "2009-09-30"),
      ("2009-09-26", 5, "2009-10-09"),
      ("2009-09-30", 1, "2009-10-09"),
      ("2009-09-30", 2, "2009-10-10"),
      ("2009-09-30", 3, "2009-10-12"),
      // Year end: 1 to 3 January off, Sunday the 4th worked.
      ("2008-12-31", 5, "2009-01-08"),
      // The day before the first covered one is never counted.
      ("2003-12-31", 1, "2004-01-02"),
      ("2009-06-19", 0, "2009-06-19"),
    ])
  func adding(start: String, count: Int, due: String) throws {
    #expect(try calendar.adding(workingDays: count, to: date(start)) == date(due))
  }

  @Test(
    "a year that is not covered is an error that names it and the remedy, never a guess",
    arguments: [("2026-12-28", 5, 2027), ("2026-12-31", 1, 2027), ("2003-12-30", 1, 2003)])
  func gap(start: String, count: Int, year: Int) throws {
    let start = try date(start)
    let gap = #expect(throws: CalendarGap.self) {
      try calendar.adding(workingDays: count, to: start)
    }
    #expect(gap?.year == year)
    #expect(gap?.text.english.contains("xiecha-admin calendar import FILE") == true)
    #expect(gap?.text.chinese.contains("\(year)年") == true)
  }

  private func amended(_ text: String) throws -> WorkingCalendar {
    try calendar.amended(by: CalendarFile.rows(of: text))
  }

  @Test("S4.5: a calendar file of the next year extends the calendar")
  func importing() throws {
    let extended = try amended(TestCalendar.next)
    #expect(extended.coveredYears == 2004...2027)
    #expect(try extended.adding(workingDays: 1, to: date("2026-12-31")) == date("2027-01-02"))
  }

  @Test("S4.5: a supplement amends its year, and nothing else changes (fault 16)")
  func supplement() throws {
    let amended = try amended("date,type,name\n2026-11-27,holiday,测试\n")
    #expect(amended.coveredYears == 2004...2026)
    #expect(amended.rows.count == calendar.rows.count + 1)
    #expect(try !amended.isWorkingDay(date("2026-11-27")))
    #expect(try !amended.isWorkingDay(date("2026-10-01")))
    #expect(try amended.isWorkingDay(date("2026-10-10")))
    // What was a make-up day is off, and a day off in the week is worked again.
    let changed = try self.amended(
      "date,type,name\n2026-10-10,holiday,国庆节\n2026-10-07,workday_makeup,国庆节\n")
    #expect(try !changed.isWorkingDay(date("2026-10-10")))
    #expect(try changed.isWorkingDay(date("2026-10-07")))
    #expect(try changed.amended(by: changed.rows).rows == changed.rows)
  }

  @Test(
    "S4.5: a year is complete or refused with what is missing; a make-up day is no working day already",
    arguments: [
      ("2027-01-01,holiday,元旦", "years", "incomplete", "2027：春节、清明节、劳动节、端午节、中秋节、国庆节"),
      (
        "2027-01-01,holiday,元旦\n2027-10-01,holiday,国庆节", "years", "incomplete",
        "2027：春节、清明节、劳动节、端午节、中秋节、国庆节"
      ),
      ("2026-11-30,workday_makeup,元旦", "date", "alreadyWorked", "2026-11-30"),
    ])
  func refused(rows: String, field: String, reason: String, detail: String) throws {
    let failure = #expect(throws: CalendarFileFailure.self) {
      try amended("date,type,name\n\(rows)\n")
    }
    #expect(failure?.field == field && failure?.reason.rawValue == reason)
    #expect(failure?.detail == detail)
  }

  @Test("S4.5: years follow each other")
  func apart() throws {
    let later = TestCalendar.next.split(separator: "\n").filter { !$0.contains("workday") }
      .joined(separator: "\n").replacing("2027-", with: "2029-")
    let failure = #expect(throws: CalendarFileFailure.self) { try amended(later) }
    #expect(failure == CalendarFileFailure(line: 0, field: "years", reason: .incomplete))
  }

  @Test(
    "S4.5: a missing year is warned of from November on",
    arguments: [
      ("2026-10-31", nil), ("2026-11-01", 2027), ("2026-12-31", 2027), ("2028-01-01", 2027),
    ] as [(String, Int?)])
  func warned(day: String, year: Int?) throws {
    #expect(try calendar.gap(nearing: date(day))?.year == year)
    let extended = try amended(TestCalendar.next)
    #expect(try extended.gap(nearing: date("2026-12-31")) == nil)
  }

  @Test(
    "a line that cannot be read is named",
    arguments: [
      ("", 1, "header", "missing"),
      ("datum,type,name\n", 1, "header", "missing"),
      ("date,type,name\n2027-02-30,holiday,春节\n", 2, "date", "notADate"),
      ("date,type,name\r\n2027-02-03,half,春节\r\n", 2, "type", "unknown"),
      ("date,type,name\n2027-02-03\n", 2, "type", "missing"),
      ("date,type,name\n2027-10-01,holiday,国庆节\n\n2027-10-01,holiday,国庆节\n", 4, "date", "repeated"),
    ])
  func badFiles(text: String, line: Int, field: String, reason: String) throws {
    let reason = try #require(CalendarFileFailure.Reason(rawValue: reason))
    let failure = #expect(throws: CalendarFileFailure.self) { try WorkingCalendar(csv: text) }
    #expect(failure == CalendarFileFailure(line: line, field: field, reason: reason))
  }

  @Test("adding and counting working days agree, for any start")
  func agreement() throws {
    var generator = SeededNumbers(seed: 20_090_620)
    for _ in 0..<2000 {
      let start = CivilDate.random(using: &generator)
      let count = Int.random(in: 1...40, using: &generator)
      let due = try calendar.adding(workingDays: count, to: start)
      #expect(start < due)
      #expect(try calendar.isWorkingDay(due))
      #expect(try calendar.workingDays(after: start, through: due) == count)
    }
  }
}

import ExchangeRules
import ReferenceData
import TestSupport
import Testing

@Suite("The Friday of dunning (S10.4)")
struct DunningWeekTests {
  private let calendar = WorkingCalendar.national

  @Test(
    "A week is called by its Friday: Saturday begins it",
    arguments: [
      ("2026-11-27", "2026-11-27"), ("2026-11-28", "2026-12-04"), ("2026-11-26", "2026-11-27"),
      ("2026-12-31", "2027-01-01"), ("2026-08-01", "2026-08-07"), ("2026-07-31", "2026-07-31"),
    ])
  func week(day: String, friday: String) throws {
    #expect(try DunningWeek(containing: date(day)).friday == date(friday))
  }

  @Test(
    "Of a Friday that is a holiday it is the working day before; all of 2026, and the year's ends",
    arguments: [
      ("2026-01-02", "2025-12-31"), ("2026-01-09", "2026-01-09"), ("2026-02-13", "2026-02-13"),
      // The whole week is off; the Saturday before it is made up for.
      ("2026-02-20", "2026-02-14"), ("2026-02-27", "2026-02-27"), ("2026-04-03", "2026-04-03"),
      ("2026-05-01", "2026-04-30"), ("2026-06-19", "2026-06-18"), ("2026-07-31", "2026-07-31"),
      ("2026-09-25", "2026-09-24"), ("2026-10-02", "2026-09-30"), ("2026-10-09", "2026-10-09"),
      ("2026-12-25", "2026-12-25"),
      // Nobody has said yet what 2027 has for holidays: the Friday itself.
      ("2027-01-01", "2027-01-01"),
    ])
  func day(friday: String, day: String) throws {
    let week = DunningWeek(containing: try date(friday))
    #expect(try week.day(by: calendar) == date(day))
  }

  @Test(
    "Which week a node has missed follows from the day alone",
    arguments: [
      ("2026-11-27", "2026-11-27", "2026-11-27"), ("2026-11-30", "2026-11-27", "2026-11-27"),
      ("2026-12-03", "2026-11-27", "2026-11-27"), ("2025-12-30", "2025-12-26", "2025-12-26"),
      ("2025-12-31", "2026-01-02", "2025-12-31"), ("2026-01-05", "2026-01-02", "2025-12-31"),
      ("2026-02-13", "2026-02-13", "2026-02-13"), ("2026-02-14", "2026-02-20", "2026-02-14"),
      ("2026-02-26", "2026-02-20", "2026-02-14"), ("2026-10-01", "2026-10-02", "2026-09-30"),
      ("2026-10-08", "2026-10-02", "2026-09-30"),
    ])
  func last(today: String, friday: String, day: String) throws {
    let found = try #require(try DunningWeek.last(through: date(today), by: calendar))
    #expect(try found.week.friday == date(friday))
    #expect(try found.day == date(day))
  }

  @Test("A week without any working day has no list: the one before was the last (spring 2020)")
  func noWorkingDay() throws {
    let week = DunningWeek(containing: try date("2020-01-31"))
    #expect(week.day(by: calendar) == nil)
    let found = try #require(try DunningWeek.last(through: date("2020-02-06"), by: calendar))
    #expect(try found.week.friday == date("2020-01-24"))
    #expect(try found.day == date("2020-01-23"))
  }

  @Test("Each working day has one week, and weeks follow each other without a gap")
  func everyWeek() throws {
    var before = DunningWeek(containing: try date("2025-12-26"))
    while before.friday.year < 2027 {
      let week = DunningWeek(containing: before.friday.adding(days: 1))
      #expect(before.friday.days(until: week.friday) == 7)
      let (day, earlier) = (week.day(by: calendar), before.day(by: calendar))
      if let day, let earlier { #expect(earlier < day) }
      before = week
    }
  }
}

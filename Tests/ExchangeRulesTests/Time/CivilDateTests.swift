import ExchangeRules
import Testing

@Suite("Civil dates")
struct CivilDateTests {
  @Test(
    "a day that exists is read and written back",
    arguments: [
      "0001-01-01", "1900-02-28", "1970-01-01", "2000-02-29", "2008-02-29", "2009-06-20",
      "2009-12-31", "9999-12-31",
    ])
  func roundTrip(text: String) throws {
    let day = try date(text)
    #expect(day.description == text)
    #expect(CivilDate(yyyymmdd: day.yyyymmdd) == day)
    #expect(CivilDate(dayNumber: day.dayNumber) == day)
  }

  @Test(
    "a day that does not exist, or another spelling, is refused",
    arguments: [
      "1900-02-29", "2009-02-29", "2009-04-31", "2009-13-01", "2009-00-10", "2009-01-00",
      "0000-01-01", "2009-6-20", "20090620", "2009/06/20", " 2009-06-20", "2009-06-20 ",
      "２００９-06-20", "2009-06-2x", "", "-009-06-20",
    ])
  func refused(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test("numbers on the wire that are no days are refused")
  func wireNumbers() {
    for number: Int32 in [0, -1, 20_091_301, 20_090_230, 620, .min, .max] {
      #expect(CivilDate(yyyymmdd: number) == nil)
    }
  }

  @Test("weekdays count from Monday 1 to Sunday 7")
  func weekdays() throws {
    #expect(try date("1970-01-01").weekday == 4)
    #expect(try date("2009-06-20").weekday == 6)
    #expect(try date("2024-02-29").weekday == 4)
    #expect(try date("0001-01-01").weekday == 1)
  }

  @Test("every day number of the calendar round-trips and follows the one before")
  func everyDay() {
    var previous = CivilDate.earliest
    for number in (CivilDate.earliest.dayNumber + 1)...CivilDate.latest.dayNumber {
      let day = CivilDate(dayNumber: number)
      if day <= previous || day.dayNumber != number || day.weekday != previous.weekday % 7 + 1 {
        Issue.record("day \(number) is \(day) after \(previous)")
        return
      }
      previous = day
    }
  }

  @Test("adding days is held within the days that can be written")
  func limits() {
    #expect(CivilDate.latest.adding(days: 1) == .latest)
    #expect(CivilDate.earliest.adding(days: -1) == .earliest)
    #expect(CivilDate.latest.adding(days: .max) == .latest)
    #expect(CivilDate.earliest.adding(days: .min) == .earliest)
  }

  @Test(
    "full years are reached on the birthday; born on 29 February, on 1 March of a common year",
    arguments: [
      ("1994-06-20", "2009-06-19", 14), ("1994-06-20", "2009-06-20", 15),
      ("1992-02-29", "2009-02-28", 16), ("1992-02-29", "2009-03-01", 17),
      ("1992-02-29", "2008-02-29", 16), ("2009-06-20", "2009-06-20", 0),
    ])
  func fullYears(born: String, on day: String, age: Int) throws {
    #expect(try date(born).fullYears(on: date(day)) == age)
  }
}

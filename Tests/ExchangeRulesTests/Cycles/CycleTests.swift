import ExchangeRules
import ReferenceData
import Testing

@Suite("Cycles (S5)")
struct CycleTests {
  @Test(
    "S5.2: a submission belongs to the month whose 21st-to-20th it lies in",
    arguments: [
      ("2009-06-20", "2009-06"), ("2009-06-21", "2009-07"), ("2009-06-30", "2009-07"),
      ("2009-07-01", "2009-07"), ("2009-12-20", "2009-12"), ("2009-12-21", "2010-01"),
      ("2009-12-31", "2010-01"), ("2010-01-01", "2010-01"), ("2008-02-29", "2008-03"),
    ])
  func submission(day: String, month: String) throws {
    let cycle = SubmissionCycle(containing: try date(day))
    #expect(cycle.description == month)
    #expect(SubmissionCycle(month) == cycle)
    #expect(try cycle.contains(date(day)))
  }

  @Test(
    "S5.2: receipt and feedback belong to the month whose 28th-to-27th they lie in",
    arguments: [
      ("2009-06-27", "2009-06"), ("2009-06-28", "2009-07"), ("2009-12-27", "2009-12"),
      ("2009-12-28", "2010-01"), ("2009-02-28", "2009-03"), ("2008-02-29", "2008-03"),
    ])
  func receipt(day: String, month: String) throws {
    let cycle = ReceiptCycle(containing: try date(day))
    #expect(cycle.description == month)
    #expect(try cycle.contains(date(day)))
  }

  @Test(
    "S5.2: an item counts when the cycle measures it and it is done on or before the 27th",
    arguments: [
      ("2009-05-21", "2009-05-22", true), ("2009-06-20", "2009-06-27", true),
      ("2009-06-20", "2009-06-28", false), ("2009-06-21", "2009-06-25", false),
      ("2009-05-20", "2009-05-30", false),
    ])
  func counted(submitted: String, done: String, counts: Bool) throws {
    let cycle = try #require(SubmissionCycle("2009-06")).receiptCycle
    #expect(try cycle.counts(submitted: date(submitted), done: date(done)) == counts)
  }

  @Test("cycles tile the calendar with no gap and no overlap")
  func tiling() throws {
    var submission = try #require(SubmissionCycle("1999-12"))
    var receipt = submission.receiptCycle
    while submission.month.year < 2101 {
      #expect(submission.last.adding(days: 1) == submission.next.first)
      #expect(receipt.last.adding(days: 1) == ReceiptCycle(month: receipt.month.next).first)
      #expect(submission.next.previous == submission)
      submission = submission.next
      receipt = submission.receiptCycle
    }
  }

  @Test("every day lies in exactly the cycle that says so")
  func everyDay() throws {
    for number in 12_000...20_000 {
      let day = CivilDate(dayNumber: number)
      let cycle = SubmissionCycle(containing: day)
      let holds =
        cycle.contains(day) && !cycle.next.contains(day) && !cycle.previous.contains(day)
        && ReceiptCycle(containing: day).contains(day)
      if !holds { Issue.record("\(day) in \(cycle)") }
    }
  }

  @Test(
    "S5.3: by the setting, a cut-off on a day off moves to the next working day",
    arguments: [
      // Saturday 20 June 2009: the cut-off is Monday the 22nd.
      ("2009-06-22", "2009-06"), ("2009-06-23", "2009-07"), ("2009-06-20", "2009-06"),
    ])
  func moving(day: String, month: String) throws {
    let policy = CyclePolicy.nextWorkingDay(.national)
    let cycle = try policy.submissionCycle(containing: date(day))
    #expect(cycle.description == month)
    #expect(try policy.days(of: cycle).contains(date(day)))
    #expect(try CyclePolicy.fixed.lastDay(of: cycle.receiptCycle) == cycle.receiptCycle.last)
  }

  @Test("S5.3: moved cycles tile the calendar too")
  func movedTiling() throws {
    let policy = CyclePolicy.nextWorkingDay(.national)
    var cycle = try #require(SubmissionCycle("2004-03"))
    while cycle.month.year < 2026 {
      let days = try policy.days(of: cycle)
      #expect(try days.upperBound.adding(days: 1) == policy.days(of: cycle.next).lowerBound)
      cycle = cycle.next
    }
  }

  @Test("other spellings of a cycle are refused", arguments: ["2009-13", "2009-6", "200906", ""])
  func refused(text: String) {
    #expect(SubmissionCycle(text) == nil)
  }
}

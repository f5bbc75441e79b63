import ExchangeRules
import ReferenceData
import TestSupport
import Testing

@Suite("Clocks (S4)")
struct ItemRulingTests {
  /// A row of a table: what is asked, and each clock as "rule purpose start length unit due".
  struct Row: Sendable, CustomTestStringConvertible {
    let item: String
    let answer: String
    let clocks: [String]
    let due: String
    var testDescription: String { item }
  }

  /// "kind category pregnant profile submitted occurred received", "-" where absent.
  func facts(_ text: String) throws -> ItemFacts {
    let words = text.split(separator: " ").map(String.init)
    func optional(_ word: String) throws -> CivilDate? { word == "-" ? nil : try date(word) }
    return ItemFacts(
      kind: try #require(ItemKind.allCases.first { $0.word == words[0] }),
      category: try #require(Category(word: words[1])), currentlyPregnant: words[2] == "pregnant",
      occurred: try optional(words[5]), submitted: try date(words[4]),
      received: try optional(words[6]), profile: try #require(RuleProfile(name: words[3])))
  }

  static let rows = [
    Row(
      item: "assistRequest pregnancy pregnant provincial-2009 2009-06-20 - -",
      answer: "urgent feedback 2009-06", clocks: ["S4.1 feedback 2009-06-20 15 days 2009-07-05"],
      due: "2009-07-05"),
    Row(
      item: "assistRequest basic not provincial-2009 2009-06-21 - -",
      answer: "normal feedback 2009-07", clocks: ["S4.1 feedback 2009-06-21 30 days 2009-07-21"],
      due: "2009-07-21"),
    // Across 29 February, and across a common year's end of February.
    Row(
      item: "assistRequest basic pregnant provincial-2009 2008-02-20 - -",
      answer: "urgent feedback 2008-02", clocks: ["S4.1 feedback 2008-02-20 15 days 2008-03-06"],
      due: "2008-03-06"),
    Row(
      item: "assistRequest basic not provincial-2009 2009-01-30 - -",
      answer: "normal feedback 2009-02", clocks: ["S4.1 feedback 2009-01-30 30 days 2009-03-01"],
      due: "2009-03-01"),
    // The other dates set no clock in the provincial profile.
    Row(
      item: "assistRequest basic not provincial-2009 2009-12-21 2009-12-20 2009-12-28",
      answer: "normal feedback 2010-01", clocks: ["S4.1 feedback 2009-12-21 30 days 2010-01-20"],
      due: "2010-01-20"),
    Row(
      item: "serviceNotice birth pregnant provincial-2009 2009-06-20 - -",
      answer: "none feedback 2009-06",
      clocks: [
        "S4.2 receive 2009-06-20 30 days 2009-07-20", "S4.2 feedback 2009-06-20 30 days 2009-07-20",
      ], due: "2009-07-20"),
    Row(
      item: "serviceNotice pregnancy pregnant provincial-2009 2009-06-20 - -",
      answer: "none receive 2009-06", clocks: ["S4.2 receive 2009-06-20 30 days 2009-07-20"],
      due: "2009-07-20"),
    // S4.3, golden week: Sunday 27 September and Saturday 10 October are worked.
    Row(
      item: "assistRequest pregnancy pregnant fujian 2009-09-30 2009-09-26 2009-09-30",
      answer: "urgent feedback 2009-10",
      clocks: [
        "S4.1 feedback 2009-09-30 15 days 2009-10-15",
        "S4.3 submit 2009-09-26 5 workingDays 2009-10-09",
        "S4.3 feedback 2009-09-30 5 workingDays 2009-10-14",
      ], due: "2009-10-14"),
    // The submit clock is no part of what the other side owes.
    Row(
      item: "serviceNotice surgery not fujian 2009-06-20 2009-06-15 2009-06-22",
      answer: "none receive 2009-06",
      clocks: [
        "S4.2 receive 2009-06-20 30 days 2009-07-20",
        "S4.3 submit 2009-06-15 5 workingDays 2009-06-22",
      ], due: "2009-07-20"),
    Row(
      item: "serviceNotice maintenanceFee not fujian 2009-06-20 - 2009-07-17",
      answer: "none feedback 2009-06",
      clocks: [
        "S4.2 receive 2009-06-20 30 days 2009-07-20", "S4.2 feedback 2009-06-20 30 days 2009-07-20",
        "S4.3 feedback 2009-07-17 5 workingDays 2009-07-24",
      ], due: "2009-07-20"),
    Row(
      item: "assistRequest assist not fujian 2009-06-20 - -",
      answer: "normal feedback 2009-06", clocks: ["S4.1 feedback 2009-06-20 30 days 2009-07-20"],
      due: "2009-07-20"),
  ]

  @Test("S4.1 to S4.6: each clock with its rule, start, length, unit and due date", arguments: rows)
  func clocks(row: Row) throws {
    let ruling = try ItemRuling(of: facts(row.item), calendar: .national)
    let answer = "\(ruling.urgency.word) \(ruling.response.rawValue) \(ruling.submissionCycle)"
    #expect(answer == row.answer)
    let clocks = ruling.deadlines.map {
      "\($0.rule) \($0.purpose.rawValue) \($0.start) \($0.length) \($0.unit.rawValue) \($0.due)"
    }
    #expect(clocks == row.clocks)
    #expect(ruling.due.description == row.due)
  }

  @Test("S4.2: only birth and maintenance fee notices are fed back", arguments: Category.allCases)
  func response(category: Category) {
    let needsFeedback = [Category.birth, .maintenanceFee].contains(category)
    #expect(NoticeClocks.response(to: category) == (needsFeedback ? .feedback : .receive))
  }

  @Test("S4.5: in time through the end of the due date")
  func inTime() throws {
    let clock = AssistFeedbackClock.deadline(
      currentlyPregnant: true, submitted: try date("2009-06-20"))
    #expect(try clock.isInTime(date("2009-07-05")))
    #expect(try !clock.isInTime(date("2009-07-06")))
    #expect(clock.explanation.chinese == "S4.1：自2009-06-20起（当日不计）15日内反馈，截止2009-07-05（含当日）")
  }

  @Test("S4.3: a changed record is updated within five working days")
  func update() throws {
    let clock = try WorkingDayClocks.recordUpdate(
      changed: date("2009-06-19"), calendar: .national)
    #expect(try clock.purpose == .update && clock.due == date("2009-06-26"))
  }

  @Test("S4.5: a clock that leaves the covered years names the date it starts from")
  func gaps() throws {
    for field in ["occurred", "received"] {
      let late = try date("2026-12-30")
      let item = ItemFacts(
        kind: .assistRequest, category: .basic, currentlyPregnant: false,
        occurred: field == "occurred" ? late : nil, submitted: late,
        received: field == "received" ? late : nil, profile: .fujian)
      let gap = #expect(throws: RulingGap.self) { try ItemRuling(of: item, calendar: .national) }
      #expect(gap == RulingGap(field: field, gap: CalendarGap(year: 2027)))
    }
  }

  @Test("a due date is never before its start, and the earliest binds, for any item (S4.6)")
  func properties() throws {
    var generator = SeededNumbers(seed: 411)
    for _ in 0..<5000 {
      let submitted = CivilDate.random(using: &generator)
      let item = ItemFacts(
        kind: try #require(ItemKind.allCases.randomElement(using: &generator)),
        category: try #require(Category.allCases.randomElement(using: &generator)),
        currentlyPregnant: Bool.random(using: &generator),
        occurred: Bool.random(using: &generator) ? .random(using: &generator) : nil,
        submitted: submitted,
        received: Bool.random(using: &generator) ? .random(using: &generator) : nil,
        profile: Bool.random(using: &generator) ? .fujian : .provincial2009)
      let ruling = try ItemRuling(of: item, calendar: .national)
      #expect(ruling.deadlines.allSatisfy { $0.start < $0.due })
      let owed = ruling.deadlines.filter { $0.purpose != .submit }
      #expect(owed.map(\.due).min() == ruling.due)
      #expect(owed.contains { $0.purpose.rawValue == ruling.response.rawValue })
      #expect(ruling.submissionCycle.contains(submitted))
    }
  }

  @Test("S4.5: a clock beyond the calendar waits for its date, and the others count (fault 17)")
  func waiting() throws {
    let item = try ItemFacts(
      kind: .assistRequest, category: .assist, currentlyPregnant: false,
      submitted: date("2026-12-28"), received: date("2026-12-29"), profile: .fujian)
    let ruling = try ItemRuling(asFarAsKnown: item, calendar: .national)
    #expect(ruling.deadlines.map(\.rule) == ["S4.1"])
    #expect(ruling.due == (try date("2027-01-27")))
    let clock = try #require(ruling.waiting.first)
    #expect(ruling.waiting.count == 1 && clock.gap.gap.year == 2027)
    #expect(clock.explanation.chinese.hasPrefix("S4.3：自2026-12-29起（当日不计）5个工作日内反馈，截止日待定"))
    #expect(throws: clock.gap) { try ItemRuling(of: item, calendar: .national) }
  }

  @Test(
    "S4.5: a change of calendar moves only clocks of working days, and says from where to where")
  func calendarChange() throws {
    let clock = try WorkingDayClocks.recordUpdate(
      changed: date("2026-09-21"), calendar: .national)
    let row = CalendarRow(date: try date("2026-09-22"), isWorked: false, name: "国庆节")
    let changed = try WorkingCalendar(
      rows: WorkingCalendar.national.rows.filter { $0.date != row.date } + [row])
    let move = try #require(try CalendarChange.move(of: clock, under: changed))
    #expect(move.before == clock && move.after.due > clock.due)
    #expect(try CalendarChange.move(of: clock, under: .national) == nil)
    let plain = AssistFeedbackClock.deadline(currentlyPregnant: false, submitted: clock.start)
    #expect(try CalendarChange.move(of: plain, under: changed) == nil)
  }

  @Test("G7: a category can be switched off by profile, and a profile has dates")
  func profiles() throws {
    let profile = RuleProfile.provincial2009.with(
      validFrom: try date("2009-07-01"), validThrough: try date("2015-12-31"),
      switchedOff: [.maintenanceFee])
    func reason(_ category: Category, _ day: String) throws -> String? {
      try ProfileRule.check(profile, category: category, submitted: date(day)).failure?.reason
    }
    #expect(try reason(.basic, "2009-07-01") == nil)
    #expect(try reason(.basic, "2009-06-30") == "notInForce")
    #expect(try reason(.basic, "2016-01-01") == "notInForce")
    #expect(try reason(.maintenanceFee, "2010-01-01") == "switchedOff")
    #expect(RuleProfile.builtIn.allSatisfy { $0.switchedOff.isEmpty })
    #expect(RuleProfile(name: "guangdong") == nil)
  }
}

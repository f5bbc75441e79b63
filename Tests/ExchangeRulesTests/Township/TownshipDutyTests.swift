import ExchangeRules
import ReferenceData
import TestSupport
import Testing

@Suite("What townships and villages owe (S10, S9.2)")
struct TownshipDutyTests {
  private let calendar = WorkingCalendar.national

  @Test(
    "S10.1: every working day of the month that has passed is owed, holidays are not, make-ups are",
    arguments: [
      // October 2026: holidays 1 to 7, Saturday the 10th made up.
      ("2026-10", "2026-11-15", 18, ["2026-10-08", "2026-10-09", "2026-10-10"]),
      ("2026-10", "2026-10-10", 2, ["2026-10-08", "2026-10-09"]),
      ("2026-10", "2026-10-08", 0, []), ("2026-10", "2026-09-30", 0, []),
      // The last day of a month of 31 days counts.
      ("2026-08", "2026-09-01", 21, ["2026-08-03", "2026-08-04", "2026-08-05"]),
      // Nobody has said yet what 2027 has for holidays: Monday to Friday.
      ("2027-01", "2027-02-01", 21, ["2027-01-01", "2027-01-04", "2027-01-05"]),
    ])
  func days(month: String, today: String, count: Int, first: [String]) throws {
    let duty = LoginDuty(
      in: try #require(CycleMonth(month)), before: try date(today), signedIn: [], by: calendar)
    #expect(duty.workingDays.count == count)
    #expect(duty.workingDays.prefix(3).map(\.description) == first)
    #expect(duty.missing == duty.workingDays)
  }

  @Test("S10.1: a day with a sign-in is not missing; one on a holiday makes up for nothing")
  func missing() throws {
    let duty = LoginDuty(
      in: try #require(CycleMonth("2026-10")), before: try date("2026-10-13"),
      signedIn: [try date("2026-10-01"), try date("2026-10-09"), try date("2026-10-12")],
      by: calendar)
    #expect(duty.missing.map(\.description) == ["2026-10-08", "2026-10-10"])
  }

  @Test(
    "S10.5: five items a month are enough, four are not",
    arguments: [(0, 5), (4, 1), (5, 0), (9, 0)])
  func reports(reported: Int, missing: Int) {
    let failure = VillageDuty.check(reported: reported).failure
    #expect((failure == nil) == (missing == 0))
    if let failure {
      #expect(failure.rule == "S10.5" && failure.cause == .tooFew)
      #expect(failure.text.english.contains("\(missing) missing"))
    }
  }

  private static let (county, town, village) = ("441702", "441702102", "441702102201")

  @Test(
    "S9.2: who acted last at the office that holds it; else its operator; else the office",
    arguments: [
      (town, [("a", county), ("b", town), ("c", county)], "b", ResponsiblePerson.Ground.lastActor),
      (village, [("a", county), ("b", town)], "b", .lastActor),
      (town, [("a", county)], "op", .dedicatedOperator), (village, [], "op", .dedicatedOperator),
      (county, [("a", county), ("b", town)], "a", .lastActor), (county, [("b", town)], "", nil),
      ("441702105", [("a", county), ("b", town)], "", nil),
    ] as [(String, [(String, String)], String, ResponsiblePerson.Ground?)])
  func responsible(
    holder: String, acts: [(String, String)], account: String, ground: ResponsiblePerson.Ground?
  ) throws {
    let person = ResponsiblePerson.find(
      holder: try #require(DivisionCode(holder)),
      acts: try acts.map {
        .init(account: $0.0, division: try #require(DivisionCode($0.1)))
      }, operators: [try #require(DivisionCode(Self.town)): "op"])
    #expect(person?.account ?? "" == account)
    #expect(person?.ground == ground)
  }

  @Test(
    "S10.7: the same seed draws the same, in whatever order the items come; another seed others")
  func drawing() {
    let items = (0..<200).map { [UInt8](repeating: 0, count: 15) + [UInt8($0)] }
    let drawn = SpotSample.draw(20, from: items, seed: 7)
    #expect(drawn.count == 20 && Set(drawn).count == 20)
    #expect(SpotSample.draw(20, from: items.reversed(), seed: 7) == drawn)
    #expect(SpotSample.draw(20, from: items, seed: 8) != drawn)
    #expect(SpotSample.draw(10, from: items, seed: 7) == Array(drawn.prefix(10)))
    #expect(Set(SpotSample.draw(500, from: items, seed: 7)) == Set(items))
    // One more answer changes at most one of those drawn.
    let more = SpotSample.draw(20, from: items + [[9]], seed: 7)
    #expect(Set(drawn).intersection(more).count >= 19)
  }

  @Test("S10.7: each item is drawn about as often as any other")
  func fair() {
    let items = (0..<100).map { [UInt8](repeating: 1, count: 15) + [UInt8($0)] }
    var drawn: [[UInt8]: Int] = [:]
    for seed in UInt64(0)..<2000 {
      for id in SpotSample.draw(10, from: items, seed: seed) { drawn[id, default: 0] += 1 }
    }
    // 200 are expected of each; five standard deviations are 67.
    for id in items { #expect(abs((drawn[id] ?? 0) - 200) < 67, "\(id.last ?? 0)") }
  }

  @Test("S10.7: shares are of what they say, and a check that decided nothing counts nothing")
  func shares() throws {
    let cycle = try #require(SubmissionCycle("2026-10"))
    var work = WorkFigures(CycleFigures(cycle, asOf: try date("2026-11-01")))
    work.figures[.asked] = 10
    work.figures[.receivedInCycle] = 9
    work.figures[.queries] = 8
    work.figures[.queriesFedBack] = 7
    work.figures[.feedbackRequired] = 6
    work.figures[.substantiated] = 5
    work.addSplit(isAnswered: true)
    work.addSplit(isAnswered: false)
    work.addAnswer(isClosed: true)
    work.addAnswer(isClosed: false)
    for outcome in SpotOutcome.allCases { work.add(outcome) }
    #expect(work.receipt == (9, 10) && work.feedback == (7, 8) && work.quality == (5, 6))
    #expect(work.use == (1, 2) && (work.split, work.cameBack) == (2, 1))
    #expect((work.confirmed, work.checked) == (1, 2))
  }
}

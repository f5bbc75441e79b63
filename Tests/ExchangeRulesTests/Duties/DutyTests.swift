import ExchangeRules
import Testing

@Suite("Duties (S6, S7, G4, G5)")
struct DutyTests {
  static let allThree = SearchSource.householdOrder.map { SearchStep(source: $0, found: false) }

  @Test(
    "S6.1: at least 95 % are fed back",
    arguments: [
      (20, 19, true), (20, 18, false), (100, 95, true), (100, 94, false), (1000, 949, false),
      (1, 1, true), (1, 0, false), (0, 0, true), (-1, 5, true), (Int.max, Int.max, true),
      (Int.max, Int.max / 2, false),
    ])
  func rate(queries: Int, fedBack: Int, meets: Bool) {
    #expect(FeedbackRate(queries: queries, fedBack: fedBack).verdict.isMet == meets)
  }

  @Test("S6.1: the rate shown is rounded down, so that what fails never shows as 95 %")
  func shownRate() {
    #expect(FeedbackRate(queries: 100_000, fedBack: 94_999).permille == 949)
    #expect(FeedbackRate(queries: 0, fedBack: 0).permille == nil)
  }

  @Test("S6.2: a cycle without any query is flagged")
  func emptyCycle() throws {
    let cycle = try #require(SubmissionCycle("2009-06"))
    #expect(NoEmptyCycle.check(submitted: 1, cycle: cycle).isMet)
    #expect(NoEmptyCycle.check(submitted: 0, cycle: cycle).failure?.rule == "S6.2")
  }

  @Test(
    "S6.3: not found needs its reason in the remark",
    arguments: [("", false), (" \u{3000}\n", false), ("已迁出，去向不明", true)])
  func remark(text: String, meets: Bool) {
    let answer = AnswerFacts(
      finding: .notFound, remark: text, steps: Self.allThree, answeredBy: .household)
    #expect(NotFoundRemark.check(answer).isMet == meets)
    let found = AnswerFacts(finding: .found, remark: text, answeredBy: .household)
    #expect(NotFoundRemark.check(found).isMet)
  }

  @Test(
    "S6.4: not found needs the three sources, searched in their order",
    arguments: [
      ([1, 2, 3], nil), ([1, 2, 2, 3, 1], nil), ([1, 4, 2, 3], nil), ([], "missing"),
      ([1, 2], "missing"), ([1, 3], "missing"), ([4, 5, 6], "missing"), ([2, 1, 3], "outOfOrder"),
      ([1, 3, 2], "outOfOrder"), ([3, 1, 2, 3], "outOfOrder"),
    ] as [([Int], String?)])
  func order(sources: [Int], reason: String?) {
    let steps = sources.compactMap(SearchSource.init).map { SearchStep(source: $0, found: false) }
    let answer = AnswerFacts(
      finding: .notFound, remark: "查无此人", steps: steps, answeredBy: .household)
    #expect(SearchOrder.check(answer).failure?.reason == reason)
  }

  @Test("S6.4: the order binds the household place, and who was found is not \"not found\"")
  func orderAndSide() {
    let residence = AnswerFacts(finding: .notFound, remark: "已离开", answeredBy: .residence)
    #expect(SearchOrder.check(residence).isMet)
    let found = AnswerFacts(
      finding: .notFound, remark: "查无此人",
      steps: [SearchStep(source: .womenRegister, found: true)], answeredBy: .household)
    #expect(SearchOrder.check(found).failure?.reason == "contradicted")
  }

  @Test("S6.4: each step is taken only after those before it, and the next one is known")
  func steps() {
    let first = Array(Self.allThree.prefix(1))
    #expect(SearchOrder.check(next: .womenRegister, after: []).isMet)
    #expect(SearchOrder.check(next: .paperLedger, after: []).failure?.reason == "outOfOrder")
    #expect(SearchOrder.check(next: .paperLedger, after: first).isMet)
    #expect(SearchOrder.check(next: .householdRegister, after: first).failure != nil)
    #expect(SearchOrder.check(next: .health, after: []).isMet)
    #expect(SearchOrder.next(after: []) == .womenRegister)
    #expect(SearchOrder.next(after: first) == .paperLedger)
    #expect(SearchOrder.next(after: Self.allThree) == nil)
    #expect(SearchOrder.next(after: [SearchStep(source: .womenRegister, found: true)]) == nil)
  }

  @Test("S6.5: with a vague address another source is tried before not found")
  func otherSources() {
    var answer = AnswerFacts(
      finding: .notFound, remark: "查无此人", steps: Self.allThree, answeredBy: .household)
    #expect(OtherSources.check(answer).isMet)
    answer.isQuestionVague = true
    #expect(OtherSources.check(answer).failure?.rule == "S6.5")
    answer.steps.append(SearchStep(source: .civilAffairs, found: false))
    #expect(OtherSources.check(answer).isMet)
  }

  @Test("all failures of an answer are listed, in the order of the requirements")
  func allFailures() {
    let answer = AnswerFacts(finding: .notFound, answeredBy: .household, isQuestionVague: true)
    #expect(AnswerRules.failures(of: answer).map(\.rule) == ["S6.3", "S6.4", "S6.5"])
    let mismatch = AnswerFacts(finding: .mismatch, answeredBy: .residence)
    #expect(AnswerRules.failures(of: mismatch).map(\.field) == ["differences"])
  }

  @Test("S6.6: late but done and never done are told apart")
  func timeliness() throws {
    let due = try date("2009-07-05")
    let next = try date("2009-07-06")
    #expect(AnswerTimeliness(due: due, done: due, asOf: next) == .inTime)
    #expect(AnswerTimeliness(due: due, done: next, asOf: next) == .lateButDone(days: 1))
    #expect(AnswerTimeliness(due: due, done: nil, asOf: due) == .open)
    #expect(AnswerTimeliness(due: due, done: nil, asOf: next) == .neverDone(days: 1))
  }

  struct Item: Sendable {
    var name = "王芳"
    var number = "11010519491231002X"
    var reason = ""
    var residence = ("440305007", "科技园路1号")
    var household = ("431126105203", "三组")
    var failures: [String]
  }

  @Test(
    "S6.7: name, number and an address are mandatory; the household address reaches the village",
    arguments: [
      Item(failures: []),
      Item(name: " ", failures: ["name missing"]),
      Item(number: "", failures: ["citizenId missing"]),
      Item(number: "", reason: "未登记户口", failures: []),
      Item(household: ("", ""), failures: []),
      Item(residence: ("", ""), failures: []),
      Item(residence: ("", ""), household: ("", ""), failures: ["residence.text missing"]),
      Item(household: ("431126105", "三组"), failures: ["household.code notToVillage"]),
      Item(household: ("431126", "三组"), failures: ["household.code notToVillage"]),
      Item(household: ("4311", "三组"), failures: ["household.code notACode"]),
      Item(household: ("431126105203", "\u{3000}"), failures: ["household.text missing"]),
      Item(residence: ("440300", "科技园"), failures: ["residence.code tooCoarse"]),
      Item(residence: ("441900", "东城"), failures: []),
      Item(
        name: "", number: "", residence: ("440305", ""), household: ("", "三组"),
        failures: [
          "name missing", "citizenId missing", "residence.text missing", "household.code missing",
        ]),
    ])
  func searchability(item: Item) {
    let checked = Searchability(
      name: item.name, citizenID: item.number, noCitizenIDReason: item.reason,
      residence: Searchability.Place(code: item.residence.0, text: item.residence.1),
      household: Searchability.Place(code: item.household.0, text: item.household.1))
    #expect(checked.failures.map { "\($0.field) \($0.reason)" } == item.failures)
    #expect(checked.failures.allSatisfy { $0.rule == "S6.7" })
  }

  @Test("S7.1: a case that the place of residence opened awaits the household place")
  func confirmation() {
    let opened = CaseConfirmation.opening(by: .residence, isRegisteredAtHousehold: false)
    #expect(opened == .awaited && !opened.isSettled)
    #expect(opened.check(decisionBy: .residence).failure?.reason == "notHousehold")
    #expect(opened.check(decisionBy: .household).isMet)
    #expect(CaseConfirmation.refused.check(decisionBy: .household).isMet)
    #expect(
      CaseConfirmation.confirmed.check(decisionBy: .household).failure?.reason == "notAwaited")
    for registered in [true, false] {
      let own = CaseConfirmation.opening(by: .household, isRegisteredAtHousehold: registered)
      #expect(own == .notNeeded)
    }
  }

  @Test(
    "S4.4: the notices that an entry calls for",
    arguments: [
      (NoticeOffer(category: .birth), [1]), (NoticeOffer(category: .child), [1]),
      (NoticeOffer(category: .surgery), [2]), (NoticeOffer(category: .pregnancy), [4]),
      (NoticeOffer(category: .periodicCheck), [6]), (NoticeOffer(category: .spouse), []),
      (NoticeOffer(category: .inflow, certificate: .none), [5]),
      (NoticeOffer(category: .inflow, certificate: .valid), []),
      (NoticeOffer(category: .inflow, contraception: .other, isLongActingDue: true), [3]),
      (NoticeOffer(category: .inflow, contraception: .longActing, isLongActingDue: true), []),
      (NoticeOffer(category: .basic, hasDoubtfulFacts: true, hasOtherCause: true), [7, 8]),
      (
        NoticeOffer(
          category: .pregnancy, certificate: .nonConforming, contraception: .none,
          isLongActingDue: true), [3, 4, 5]
      ),
    ])
  func notices(offer: NoticeOffer, numbers: [Int]) {
    #expect(offer.notices.map(\.rawValue) == numbers)
  }

  @Test("G4: substantiated feedback is told from filler")
  func substantiation() {
    func check(_ answer: AnswerFacts) -> String? {
      Substantiation.check(answer).failure?.field
    }
    let side = ExchangeSide.household
    #expect(check(AnswerFacts(finding: .found, answeredBy: side)) == "record")
    #expect(check(AnswerFacts(finding: .found, answeredBy: side, hasMatchedRecord: true)) == nil)
    let step = SearchStep(source: .paperLedger, found: true)
    #expect(check(AnswerFacts(finding: .found, steps: [step], answeredBy: side)) == nil)
    #expect(
      check(AnswerFacts(finding: .mismatch, remark: "不符", answeredBy: side)) == "differences")
    #expect(check(AnswerFacts(finding: .mismatch, answeredBy: side, differenceCount: 1)) == nil)
    #expect(check(AnswerFacts(finding: .notFound, remark: "已迁出", answeredBy: side)) == "steps")
    #expect(
      check(
        AnswerFacts(finding: .notFound, remark: "已迁出", steps: Self.allThree, answeredBy: side))
        == nil
    )
    // What says nothing is no reason (S6.3), and is not held against an answer that arrived.
    for remark in [".", "不详", "\u{2060}"] {
      let filler = AnswerFacts(
        finding: .notFound, remark: remark, steps: Self.allThree, answeredBy: side)
      #expect(check(filler) == "remark")
      #expect(AnswerRules.failures(ofArrived: filler).isEmpty == !remark.isBlank)
    }
  }

  @Test("G5: a fee settled elsewhere for the same birth is not levied twice")
  func fees() throws {
    func fee(_ place: String, _ birth: String, paidUp: Bool) throws -> FeeSettledElsewhere.Fee {
      FeeSettledElsewhere.Fee(
        division: try #require(DivisionCode(place)), birth: try date(birth), paidFen: 0,
        isPaidUp: paidUp, decision: "")
    }
    let new = try fee("440305", "2009-01-01", paidUp: false)
    let elsewhere = try fee("431126", "2009-01-01", paidUp: true)
    let begun = try fee("431127", "2009-01-01", paidUp: false)
    let otherBirth = try fee("431126", "2007-01-01", paidUp: true)
    let own = try fee("440305", "2009-01-01", paidUp: true)
    #expect(
      FeeSettledElsewhere.check(new, among: [begun, elsewhere]).failure?.reason
        == "settledElsewhere")
    #expect(FeeSettledElsewhere.check(new, among: [begun, otherBirth, own]).isMet)
    #expect(
      FeeSettledElsewhere.others(than: new, among: [begun, elsewhere]) == [elsewhere, begun])
  }

  @Test("G5: checks count wherever they were done")
  func checksAnywhere() throws {
    let days = try date("2009-01-01")...date("2009-12-31")
    let home = try #require(DivisionCode("431126"))
    let away = try #require(DivisionCode("440305"))
    let checks = [
      (date: try date("2009-03-01"), place: home), (date: try date("2009-06-01"), place: away),
      (date: try date("2010-01-01"), place: away),
    ]
    #expect(LocalChecksCount.count(of: checks, in: days) == 2)
  }
}

import ExchangeRules
import TestSupport
import Testing

@Suite("The figures of a cycle (S5, S6, G4)")
struct CycleFiguresTests {
  /// What is told of an item submitted on 2026-10-10 and due on 2026-11-09, cycle 2026-10.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let received: String?
    let answered: String?
    let asOf: String
    let measures: Set<FigureMeasure>

    init(
      _ name: String, received: String? = nil, answered: String? = nil, asOf: String,
      _ measures: Set<FigureMeasure>
    ) {
      self.name = name
      self.received = received
      self.answered = answered
      self.asOf = asOf
      self.measures = measures
    }

    var testDescription: String { name }
  }

  private static let always: Set<FigureMeasure> = [.asked, .queries, .feedbackRequired]

  static let cases: [Case] = [
    Case("not yet submitted on the day", asOf: "2026-10-09", []),
    Case("open on its day of submission", asOf: "2026-10-10", always.union([.open])),
    Case("open through its due date", asOf: "2026-11-09", always.union([.open])),
    Case("never done on the day after", asOf: "2026-11-10", always.union([.neverDone])),
    Case(
      "received on the 27th", received: "2026-10-27", asOf: "2026-10-27",
      always.union([.open, .receivedInCycle])),
    Case(
      "received on the 28th: after the cycle", received: "2026-10-28", asOf: "2026-11-01",
      always.union([.open])),
    Case(
      "received after the day asked about", received: "2026-10-20", asOf: "2026-10-19",
      always.union([.open])),
    Case(
      "answered on the 27th", received: "2026-10-12", answered: "2026-10-27", asOf: "2026-12-01",
      always.union([
        .receivedInCycle, .fedBackInCycle, .queriesFedBack, .inTime, .substantiated,
      ])),
    Case(
      "answered on the 28th: in time, and after the cycle", received: "2026-10-12",
      answered: "2026-10-28", asOf: "2026-12-01",
      always.union([.receivedInCycle, .inTime, .substantiated])),
    Case(
      "answered on its due date", received: "2026-10-12", answered: "2026-11-09",
      asOf: "2026-11-09", always.union([.receivedInCycle, .inTime, .substantiated])),
    Case(
      "answered a day late", received: "2026-10-12", answered: "2026-11-10", asOf: "2026-11-10",
      always.union([.receivedInCycle, .lateDone, .substantiated])),
    Case(
      "answered late, asked about the day before", received: "2026-10-12",
      answered: "2026-11-12", asOf: "2026-11-11", always.union([.receivedInCycle, .neverDone])),
  ]

  @Test(
    "S5.2, S6.6: each figure counts by its own day, as of the day asked about", arguments: cases)
  func measures(one: Case) throws {
    var item = CountedItem.query(
      submitted: try date("2026-10-10"), due: try date("2026-11-09"))
    item.received = try one.received.map { try date($0) }
    item.answered = try one.answered.map { try date($0) }
    item.finding = item.answered == nil ? nil : .found
    item.substantiated = item.answered != nil
    let day = try date(one.asOf)
    #expect(item.measures(asOf: day) == one.measures)
  }

  @Test("S4.2: a notice that must only be received is neither open nor never done")
  func receiptOnly() throws {
    var item = CountedItem.query(
      submitted: try date("2026-10-10"), due: try date("2026-11-09"))
    item.kind = .serviceNotice
    item.feedbackRequired = false
    #expect(item.measures(asOf: try date("2026-12-01")) == [.asked])
  }

  @Test("S6.1: the rate is of assist requests; a cycle without any has none, and is not below")
  func rate() throws {
    let (submitted, due) = (try date("2026-10-10"), try date("2026-11-09"))
    var figures = CycleFigures(
      SubmissionCycle(containing: submitted), asOf: try date("2026-10-31"))
    #expect(figures.rate.share == nil)
    #expect(!figures.isBelowLine)
    #expect(figures.hasNoSubmission)
    var notice = CountedItem.query(submitted: submitted, due: due)
    notice.kind = .serviceNotice
    figures.add(asked: notice)
    #expect(figures.rate.share == nil)
    var query = CountedItem.query(submitted: submitted, due: due)
    query.answered = submitted
    for _ in 0..<19 { figures.add(asked: query) }
    query.answered = nil
    figures.add(asked: query)
    #expect(figures.rate.share == 0.95)
    #expect(!figures.isBelowLine)
    figures.add(asked: query)
    #expect(figures.isBelowLine)
    figures.add(submitted: query)
    #expect(!figures.hasNoSubmission)
  }

  @Test(
    "S10.2: an item counts for the place of its address, given elsewhere for that place",
    arguments: [
      ("441702105201", "", "441702105201"), ("441702105201", "441702105", "441702105201"),
      ("441702105201", "441702105202", "441702105202"), ("441702105201", "441702102", "441702102"),
      ("441702105", "441702105201", "441702105201"), ("", "", "441702"),
      ("", "441702105", "441702105"), ("440306018", "", "441702"),
      ("441702105201", "440306018", "441702105201"),
    ])
  func place(address: String, given: String, counted: String) throws {
    var item = CountedItem.query(
      submitted: try date("2026-10-10"), due: try date("2026-11-09"))
    (item.askedAt, item.assignedTo) = (address, given)
    #expect(item.askedPlace == counted)
  }

  @Test(
    "a place belongs to one division of each level, or to none where it is known too coarsely",
    arguments: [
      ("441702105201", ["440000", "441700", "441702", "441702105", "441702105201"]),
      ("441702105", ["440000", "441700", "441702", "441702105", nil]),
      ("441702", ["440000", "441700", "441702", nil, nil]),
      ("441900003", ["440000", "441900", "441900", "441900003", nil]),
      ("469001", ["460000", "469001", "469001", nil, nil]), ("x", [nil, nil, nil, nil, nil]),
    ] as [(String, [String?])])
  func levels(place: String, divisions: [String?]) {
    let found = DivisionLevel.allCases.map { level in
      FigureDivision.division(of: place, at: level).map { "\($0)" }
    }
    #expect(found == divisions)
  }

  @Test(
    "Sums of daily counts are the figures counted item by item, as of any day and at any level",
    arguments: 1...8)
  func sums(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let items = (0..<300).map { _ in CountedItem.random(using: &numbers) }
    var change = FigureChange()
    for item in items { change.add(from: nil, to: item) }
    let cycles = Set(items.map(\.cycle))
    for _ in 0..<20 {
      let day = CivilDate(dayNumber: 20_370 + Int.random(in: -5...140, using: &numbers))
      for cycle in cycles {
        for level in DivisionLevel.allCases {
          #expect(
            summed(change, cycle, level, day) == counted(items, cycle, level, day),
            "\(cycle) \(level) \(day)")
        }
      }
    }
  }

  @Test("What is taken away as it was added leaves nothing behind")
  func takenAway() {
    var numbers = SeededNumbers(seed: 11)
    let items = (0..<200).map { _ in CountedItem.random(using: &numbers) }
    var change = FigureChange()
    for item in items { change.add(from: nil, to: item) }
    var others = items.map { _ in CountedItem.random(using: &numbers) }
    for (item, other) in zip(items, others) { change.add(from: item, to: other) }
    others.shuffle(using: &numbers)
    for other in others { change.add(from: other, to: nil) }
    #expect(change.counts.isEmpty)
  }

  private typealias Figures = [DivisionCode: CycleFigures]

  private func summed(
    _ change: FigureChange, _ cycle: SubmissionCycle, _ level: DivisionLevel, _ day: CivilDate
  ) -> Figures {
    let isOfWholeCounties = FigureDivision.isOfWholeCounties(level)
    var figures: Figures = [:]
    for (key, counts) in change.counts
    where key.cycle == cycle.month && key.isWholeCounty == isOfWholeCounties {
      guard let division = FigureDivision.division(of: key.place, at: level) else { continue }
      figures[division, default: CycleFigures(cycle, asOf: day)].add(counts, on: key.day)
    }
    return figures.filter { $0.value != CycleFigures(cycle, asOf: day) }
  }

  private func counted(
    _ items: [CountedItem], _ cycle: SubmissionCycle, _ level: DivisionLevel, _ day: CivilDate
  ) -> Figures {
    var figures: Figures = [:]
    for item in items {
      if let asking = FigureDivision.division(of: item.askingPlace, at: level) {
        figures[asking, default: CycleFigures(cycle, asOf: day)].add(submitted: item)
      }
      if let asked = FigureDivision.division(of: item.askedPlace, at: level) {
        figures[asked, default: CycleFigures(cycle, asOf: day)].add(asked: item)
      }
    }
    return figures.filter { $0.value != CycleFigures(cycle, asOf: day) }
  }
}

@Suite("Two stores are compared item by item")
struct FigureDifferenceTests {
  @Test("What differs is named with what each says, and why")
  func differences() throws {
    let item = CountedItem.query(
      submitted: try date("2026-10-10"), due: try date("2026-11-09"))
    #expect(FigureDifference.between(item, item) == [])
    #expect(FigureDifference.between(item, nil).map(\.field) == ["item"])
    #expect(FigureDifference.between(nil, item).map(\.first) == [""])
    var other = item
    other.received = try date("2026-10-12")
    other.assignedTo = "441702102"
    other.due = try date("2026-11-10")
    let found = FigureDifference.between(item, other)
    #expect(found.map(\.field) == ["due", "received", "askedPlace"])
    #expect(found.map(\.second) == ["2026-11-10", "2026-10-12", "441702102"])
    #expect(found[1].cause.english.contains("has not come"))
  }
}

import ExchangeRules
import Testing

@Suite("Flows of several periods and places, and warnings (S13.1)")
struct FlowReleaseTests {
  private static func release(
    _ first: String, _ last: String, _ level: DivisionLevel = .county
  ) throws -> FlowRelease {
    let (first, last) = (try #require(CivilDate(first)), try #require(CivilDate(last)))
    return try #require(FlowRelease(first: first, last: last, level: level))
  }

  @Test("A report that shares days with a published one is that one, or is refused")
  func answers() throws {
    let quarter = try Self.release("2026-07-01", "2026-09-30")
    let others = [try Self.release("2026-01-01", "2026-03-31"), quarter]
    #expect(try Self.release("2026-10-01", "2026-12-31").answer(beside: others) == .count)
    #expect(try Self.release("2026-04-01", "2026-06-30").answer(beside: others) == .count)
    #expect(quarter.answer(beside: others) == .show)
    for (first, last) in [
      ("2026-07-01", "2026-10-01"), ("2026-07-02", "2026-09-30"), ("2026-09-30", "2026-09-30"),
      ("2026-06-30", "2026-07-01"),
    ] {
      #expect(
        try Self.release(first, last).answer(beside: others) == .refuse(quarter),
        "\(first) \(last)")
    }
    let above = try Self.release("2026-07-01", "2026-09-30", .prefecture)
    #expect(above.answer(beside: others) == .refuse(quarter))
  }

  @Test("Whatever is asked for, in whatever order, no day is published in two ways")
  func disjoint() throws {
    let start = try #require(CivilDate("2026-01-01"))
    var published: [FlowRelease] = []
    for step in 0..<400 {
      let first = start.adding(days: step * 37 % 91)
      let level: DivisionLevel = step % 3 == 0 ? .prefecture : .county
      let release = try #require(
        FlowRelease(first: first, last: first.adding(days: step * 11 % 17), level: level))
      if release.answer(beside: published) == .count { published.append(release) }
    }
    for day in 0..<120 {
      let day = start.adding(days: day)
      #expect(published.count { $0.first <= day && day <= $0.last } <= 1)
    }
    #expect(published.count > 5)
  }

  @Test("A period that ends before it begins is none")
  func backwards() throws {
    let day = try #require(CivilDate("2026-01-02"))
    #expect(FlowRelease(first: day, last: day.adding(days: -1), level: .county) == nil)
  }

  @Test(
    "A place is warned before growth as it was takes it beyond its capacity",
    arguments: [
      (1000, 800, 100, CapacityWarning.none), (1000, 900, 100, .none),
      (1000, 901, 100, .early), (1000, 1000, 0, .none), (1000, 1000, 1, .early),
      (1000, 1001, -50, .exceeded), (1000, 990, -50, .none), (Int.max, .max, .max, .early),
    ])
  func capacity(capacity: Int, present: Int, growth: Int, warning: CapacityWarning) {
    let place = FlowCapacity(capacity: capacity, present: present, growth: growth)
    #expect(place.warning == warning)
  }

  @Test(
    "Ages are in bands of five full years, those of subjects alone (S1.1)",
    arguments: [
      (14, nil), (15, "15–19"), (19, "15–19"), (20, "20–24"), (49, "45–49"), (50, nil),
    ] as [(Int, String?)])
  func ages(age: Int, band: String?) {
    #expect(AgeBand(age: age)?.description == band)
  }

  @Test("The age is that of the day in question")
  func birthday() throws {
    let birth = try #require(CivilDate("2006-06-10"))
    let day = try #require(CivilDate("2026-06-09"))
    #expect(AgeBand(birth: birth, on: day)?.description == "15–19")
    #expect(AgeBand(birth: birth, on: day.adding(days: 1))?.description == "20–24")
  }
}

import ExchangeRules
import Testing

@Suite("The ranking of a quarter (S9.1)")
struct RankingTests {
  /// Figures of the three cycles of 2026Q3, of which the first has all that is counted.
  private func cycles(
    submitted: Int = 1, asked: Int = 0, required: Int = 0, queries: Int = 0, fedBack: Int = 0,
    inTime: Int = 0, substantiated: Int = 0, received: Int = 0
  ) throws -> [CycleFigures] {
    let quarter = try #require(Quarter("2026Q3"))
    let day = try date("2026-10-31")
    var cycles = quarter.cycles.map { CycleFigures($0, asOf: day) }
    for (measure, count) in [
      (FigureMeasure.asked, asked), (.feedbackRequired, required), (.queries, queries),
      (.queriesFedBack, fedBack), (.inTime, inTime), (.substantiated, substantiated),
      (.receivedInCycle, received),
    ] { cycles[0][measure] = count }
    for month in 0..<submitted { cycles[month][.submitted] = 1 }
    return cycles
  }

  private func formula() throws -> RankingFormula {
    let quarter = try #require(Quarter("2026Q3"))
    return try #require(RankingFormula.inForce(in: quarter))
  }

  @Test("Each formula that was ever in force shares out 100 points, from its own day on")
  func weights() throws {
    for formula in RankingFormula.all {
      #expect(formula.weights.values.reduce(0, +) == 100)
    }
    #expect(RankingFormula.all.map(\.from) == RankingFormula.all.map(\.from).sorted())
    let before = try #require(Quarter("2008Q4"))
    #expect(RankingFormula.inForce(in: before) == nil)
    #expect(try formula().name == "2009-1")
  }

  @Test(
    "A quarter is three cycles; the one before the first is the last of the year before",
    arguments: [
      ("2026Q1", "2026-01", "2026-03", "2025Q4"), ("2026Q3", "2026-07", "2026-09", "2026Q2"),
      ("2026q4", "2026-10", "2026-12", "2026Q3"),
    ])
  func quarters(text: String, first: String, last: String, previous: String) throws {
    let quarter = try #require(Quarter(text))
    #expect("\(quarter)" == text.uppercased())
    #expect(quarter.cycles.map { "\($0)" }.first == first)
    #expect(quarter.cycles.map { "\($0)" }.last == last)
    #expect("\(quarter.previous)" == previous)
    for cycle in quarter.cycles { #expect(Quarter(containing: cycle) == quarter) }
  }

  @Test("What is no quarter is none", arguments: ["2026", "2026Q0", "2026Q5", "2026Q12", "Q1", ""])
  func noQuarters(text: String) { #expect(Quarter(text) == nil) }

  @Test("A score is the sum of its parts' points, to two decimals, half up")
  func score() throws {
    let all = try RankingScore(
      of: cycles(
        submitted: 3, asked: 10, required: 8, queries: 6, fedBack: 6, inTime: 8, substantiated: 8,
        received: 10), by: formula())
    #expect(all?.text == "100.00")
    // 40 × 5/6 + 20 × 6/8 + 20 × 5/8 + 10 × 9/10 + 10 × 2/3 = 76.5
    let some = try RankingScore(
      of: cycles(
        submitted: 2, asked: 10, required: 8, queries: 6, fedBack: 5, inTime: 6, substantiated: 5,
        received: 9), by: formula())
    #expect(some?.text == "76.50")
    #expect(some?.parts.map(\.hundredths) == [3333, 1500, 1250, 900, 667])
    // 10 × 1/800 = 0.0125, with nothing else: 0.01; 10 × 3/2000 = 0.015: 0.02.
    for (received, asked, text) in [(1, 800, "0.01"), (3, 2000, "0.02")] {
      let score = try RankingScore(
        of: cycles(submitted: 0, asked: asked, required: 1, queries: 1, received: received),
        by: formula())
      #expect(score?.text == text)
    }
  }

  @Test("Where there was no query the other parts are scaled to 100 points (S6.1: no rate)")
  func noRate() throws {
    let score = try RankingScore(
      of: cycles(submitted: 3, asked: 4, required: 2, inTime: 2, substantiated: 2, received: 4),
      by: formula())
    #expect(score?.text == "100.00")
    #expect(score?.parts.first?.of == 0)
  }

  @Test("Equal scores share the better rank, the next is skipped; nothing asked is unranked")
  func ranks() throws {
    let quarter = try #require(Quarter("2026Q3"))
    var counties: [DivisionCode: [CycleFigures]] = [:]
    for (code, received) in [
      ("440306", 10), ("440305", 10), ("440304", 9), ("441702", 8), ("441704", 8), ("441781", 7),
    ] {
      counties[try #require(DivisionCode(code))] = try cycles(asked: 10, received: received)
    }
    counties[try #require(DivisionCode("440103"))] = try cycles(submitted: 3)
    let ranking = try Ranking(quarter, by: formula(), of: counties)
    #expect(
      ranking.places.map { "\($0.rank) \($0.county)" } == [
        "1 440305", "1 440306", "3 440304", "4 441702", "4 441704", "6 441781",
      ])
    #expect(ranking.places.filter(\.isAmongLast).map(\.rank) == [4, 4, 6])
    #expect(ranking.unranked.map { "\($0)" } == ["440103"])
  }

  @Test("All that tie at the cut are among the last; twice running they are listed for criticism")
  func criticism() throws {
    func ranking(_ quarter: String, _ received: [String: Int]) throws -> Ranking {
      var counties: [DivisionCode: [CycleFigures]] = [:]
      for (code, count) in received {
        counties[try #require(DivisionCode(code))] = try cycles(asked: 10, received: count)
      }
      return try Ranking(try #require(Quarter(quarter)), by: formula(), of: counties)
    }
    let before = try ranking(
      "2026Q2", ["440303": 10, "440304": 5, "440305": 5, "440306": 4, "440307": 3])
    #expect(before.places.count(where: \.isAmongLast) == 4)
    let now = try ranking(
      "2026Q3", ["440303": 2, "440304": 6, "440305": 3, "440306": 9, "440307": 1])
    #expect(now.criticised(after: before).map { "\($0)" } == ["440305", "440307"])
    #expect(now.criticised(after: now) == [])
  }
}

package import ExchangeRules
internal import Presentation
package import Reports

/// A quarter's ranking, with the figures that it follows from.
package struct RankedQuarter: Sendable {
  /// The ranking as it is shown.
  package let view: RankingView
  /// Of each county, the figures of the quarter's cycles.
  package let figures: [DivisionCode: [CycleFigures]]
}

extension NodeSession {
  /// As long as closed items are in ordinary view (G6), so far the ages of open ones go back.
  private static let agedCycles = 6

  /// The figures of a division, or of those below it, and where they are parts, the whole that they
  /// are held against (S11.1).
  package func figuresView(
    of cycle: SubmissionCycle, in division: DivisionCode?, by level: DivisionLevel?,
    asOf day: CivilDate? = nil
  ) async throws -> FiguresView {
    let figures = try await figures(of: cycle, in: division, by: level, asOf: day)
    var view = FiguresView(cycle: cycle, rows: figures.map { .init($0.division, $0.figures) })
    if level != nil {
      // Of the same day, should midnight come between.
      let whole = try await self.figures(
        of: cycle, in: division, asOf: figures.first?.figures.asOf ?? day)
      view.whole = whole.first.map { .init($0.division, $0.figures) }
    }
    return view
  }

  /// Asks for what the charts show: each day of the cycle, and the cycles before it.
  package func chart(
    _ report: inout FiguresReport, of division: DivisionCode?, asOf: CivilDate
  ) async throws {
    let cycle = report.cycle
    var day = cycle.first
    while day <= min(asOf, cycle.receiptCycle.last) {
      report.days += try await figures(of: cycle, in: division, asOf: day).map(\.figures)
      day = day.adding(days: 1)
    }
    var cycles = [cycle]
    while cycles.count < NodeSession.agedCycles { cycles.insert(cycles[0].previous, at: 0) }
    for cycle in cycles {
      report.cycles += try await figures(of: cycle, in: division, asOf: asOf).map(\.figures)
    }
  }

  /// The ranking of the counties of a province or prefecture in a quarter (S9.1).
  ///
  /// - Parameters:
  ///   - quarter: The quarter.
  ///   - asked: The province or prefecture; nil: that of the node.
  ///   - day: What happened after it does not count yet; nil: today.
  ///   - today: The day of asking.
  /// - Returns: The ranking, with who is criticised after the quarter before.
  /// - Throws: `wrong-division` at a county's node, `quarter` where there was no formula.
  package func ranking(
    of quarter: Quarter, in asked: DivisionCode?, asOf day: CivilDate?, today: CivilDate
  ) async throws -> RankedQuarter {
    let division = try asked ?? ranked
    guard let formula = RankingFormula.inForce(in: quarter) else {
      throw ProgramFailure(
        .badInput, "quarter", chinese: "\(quarter) 尚无排名公式",
        english: "there was no formula in \(quarter)")
    }
    let figures = try await countyFigures(of: quarter, in: division, asOf: day)
    let ranking = Ranking(quarter, by: formula, of: figures)
    var criticised: [DivisionCode] = []
    if let before = RankingFormula.inForce(in: quarter.previous) {
      let earlier = try await countyFigures(of: quarter.previous, in: division, asOf: day)
      criticised = ranking.criticised(after: Ranking(quarter.previous, by: before, of: earlier))
    }
    return RankedQuarter(
      view: RankingView(ranking: ranking, criticised: criticised, asOf: day ?? today),
      figures: figures)
  }

  /// How a county came to its rank; which items were looked at leaves a trace (G2).
  ///
  /// - Throws: `unknown-division` for a county that the ranking does not have.
  package func explanation(
    of county: DivisionCode, in ranked: RankedQuarter
  ) async throws -> RankExplanation {
    let ranking = ranked.view.ranking
    guard let cycles = ranked.figures[county] else {
      throw ProgramFailure(
        .refused, "unknown-division", chinese: "排名中没有 \(county)",
        english: "\(county) is not in the ranking")
    }
    var items: [[IdentifiedItem]] = []
    for cycle in ranking.quarter.cycles {
      items.append(try await countedItems(of: cycle, in: county))
    }
    return RankExplanation(
      ranking: ranking, county: county, cycles: cycles, items: items,
      isCriticised: ranked.view.criticised.contains(county))
  }

  private func countyFigures(
    of quarter: Quarter, in division: DivisionCode, asOf day: CivilDate?
  ) async throws -> [DivisionCode: [CycleFigures]] {
    var figures: [DivisionCode: [CycleFigures]] = [:]
    for cycle in quarter.cycles {
      for row in try await self.figures(of: cycle, in: division, by: .county, asOf: day) {
        figures[row.division, default: []].append(row.figures)
      }
    }
    return figures
  }

  /// A rank is one among a province's counties, which no county knows of the others.
  private var ranked: DivisionCode {
    get throws {
      guard let code = DivisionCode(profile.division), code.level <= .prefecture, !code.isCounty
      else {
        throw ProgramFailure(
          .refused, "wrong-division", chinese: "排名由省级节点计算：请用在省级节点的登录",
          english: "counties are ranked at the province's node: use a sign-in there")
      }
      return code
    }
  }
}

import ArgumentParser
import ExchangeRules
import Operator
import Presentation
import Program
import Reports

/// `xiecha ranking`.
struct RankingCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "ranking", abstract: "季度排名 · The quarterly ranking of counties (S9.1).",
    discussion: """
      按公布的公式计算；连续两个季度排在后三名的列入通报批评。--explain 从名次说明到得分、各项、周期数字和每条信息。
      By the published formula; who is among the last three in two quarters running is listed for \
      criticism. --explain goes from the rank to the score, its parts, the figures and the items.

        xiecha ranking --quarter 2026Q3
        xiecha ranking --quarter 2026Q3 --explain 440306
      """)

  @Option(help: "季度 · The quarter, such as 2026Q3.")
  var quarter: String

  @Option(help: "哪个省（或市），不写则本单位 · The province or prefecture; one's own where none is given.")
  var of: String?

  @Option(help: "统计截止日期，不写则今天 · As of the end of this day, YYYY-MM-DD.")
  var asOf: String?

  @Option(help: "说明一个县（市、区）的名次（留痕） · Explain a county's rank; leaves a trace (G2).")
  var explain: String?

  @OptionGroup var file: ReportOptions
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if explain != nil, try file.chosen() != nil {
      throw ValidationError("--explain, --format：选其一 · one of them")
    }
    _ = (try chosenQuarter(), try SubjectOptions.day("--as-of", asOf))
    _ = (try FigureOptions.division("--of", of), try FigureOptions.division("--explain", explain))
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let quarter = try chosenQuarter()
    let (of, county) = (
      try FigureOptions.division("--of", of), try FigureOptions.division("--explain", explain)
    )
    let day = try SubjectOptions.day("--as-of", asOf)
    return try await NodeSession.with(profile: profile.profile) { node in
      let division = try of ?? ranked(node.profile.division)
      guard let formula = RankingFormula.inForce(in: quarter) else {
        throw ProgramFailure(
          .badInput, "quarter", chinese: "\(quarter) 尚无排名公式",
          english: "there was no formula in \(quarter)")
      }
      let figures = try await figures(of: quarter, in: division, asOf: day, at: node)
      let ranking = Ranking(quarter, by: formula, of: figures)
      var criticised: [DivisionCode] = []
      if let before = RankingFormula.inForce(in: quarter.previous) {
        let earlier = try await self.figures(
          of: quarter.previous, in: division, asOf: day, at: node)
        criticised = ranking.criticised(
          after: Ranking(quarter.previous, by: before, of: earlier))
      }
      guard let county else {
        let today = CivilDate(chinaDateOf: SystemClock.milliseconds)
        let view = RankingView(ranking: ranking, criticised: criticised, asOf: day ?? today)
        guard let chosen = try file.chosen() else {
          try console.show(view.page(in: console.language))
          return .done
        }
        let report = view.report.report(
          in: console.language, of: DivisionText.short("\(division)"),
          made: SystemClock.milliseconds)
        return try chosen.write(report, on: console)
      }
      guard let cycles = figures[county] else { throw unknown(county, in: division) }
      var items: [[IdentifiedItem]] = []
      for cycle in quarter.cycles {
        items.append(try await node.countedItems(of: cycle, in: county))
      }
      let view = RankExplanation(
        ranking: ranking, county: county, cycles: cycles, items: items,
        isCriticised: criticised.contains(county))
      try console.show(view.page(in: console.language))
      return .done
    }
  }

  private func figures(
    of quarter: Quarter, in division: DivisionCode, asOf day: CivilDate?, at node: NodeSession
  ) async throws -> [DivisionCode: [CycleFigures]] {
    var figures: [DivisionCode: [CycleFigures]] = [:]
    for cycle in quarter.cycles {
      for row in try await node.figures(of: cycle, in: division, by: .county, asOf: day) {
        figures[row.division, default: []].append(row.figures)
      }
    }
    return figures
  }

  /// A rank is one among a province's counties, which no county knows of the others.
  private func ranked(_ division: String) throws -> DivisionCode {
    guard let code = DivisionCode(division), code.level <= .prefecture, !code.isCounty else {
      throw ProgramFailure(
        .refused, "wrong-division", chinese: "排名由省级节点计算：请用在省级节点的登录",
        english: "counties are ranked at the province's node: use a sign-in there")
    }
    return code
  }

  private func unknown(_ county: DivisionCode, in division: DivisionCode) -> ProgramFailure {
    ProgramFailure(
      .refused, "unknown-division", chinese: "\(division) 的排名中没有 \(county)",
      english: "\(county) is not in the ranking of \(division)")
  }

  private func chosenQuarter() throws -> Quarter {
    guard let chosen = Quarter(quarter) else {
      throw ValidationError("--quarter \(quarter)：2026Q1 … 2026Q4")
    }
    return chosen
  }
}

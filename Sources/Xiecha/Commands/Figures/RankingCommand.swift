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
    let today = CivilDate(chinaDateOf: SystemClock.milliseconds)
    return try await NodeSession.with(profile: profile.profile) { node in
      let ranked = try await node.ranking(of: quarter, in: of, asOf: day, today: today)
      if let county {
        let explanation = try await node.explanation(of: county, in: ranked)
        try console.show(explanation.page(in: console.language))
        return .done
      }
      guard let chosen = try file.chosen() else {
        try console.show(ranked.view.page(in: console.language))
        return .done
      }
      let report = ranked.view.report.report(
        in: console.language, of: DivisionText.short(of.map { "\($0)" } ?? node.profile.division),
        made: SystemClock.milliseconds)
      return try chosen.write(report, on: console)
    }
  }

  private func chosenQuarter() throws -> Quarter {
    guard let chosen = Quarter(quarter) else {
      throw ValidationError("--quarter \(quarter)：2026Q1 … 2026Q4")
    }
    return chosen
  }
}

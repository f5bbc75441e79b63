import ExchangeRules
import Hummingbird
import Operator
import Presentation
import Reports

/// The quarterly ranking of a province's counties, and from a rank down to its parts (S9.1).
struct RankingPage {
  let visit: Visit

  func page() async throws -> Response {
    let (quarter, division) = try asked()
    let ranked = try await visit.node.ranking(
      of: quarter, in: division, asOf: nil, today: visit.today)
    var content = [
      FiguresPage.tabs(visit, shown: "/ranking"), filter(quarter, division),
    ]
    if let county = try AskedFigures.division(visit.query["explain"]) {
      let explanation = try await visit.node.explanation(of: county, in: ranked)
      content += PageMarkup.sections(of: explanation.page(in: visit.language))
    } else {
      content += ReportSheet(
        report: report(of: ranked, division), path: "/ranking", query: visit.query
      ).markup()
    }
    return visit.page(visit.text("季度排名", "Ranking"), content)
  }

  func file() async throws -> Response {
    let format = try ReportSheet.format(visit.parameters)
    let (quarter, division) = try asked()
    let ranked = try await visit.node.ranking(
      of: quarter, in: division, asOf: nil, today: visit.today)
    return try ReportSheet.file(
      report(of: ranked, division), as: format, named: "ranking-\(quarter)")
  }

  private func report(of ranked: RankedQuarter, _ division: DivisionCode?) -> Report {
    ranked.view.report.report(
      in: visit.language,
      of: DivisionText.short(division.map { "\($0)" } ?? visit.node.profile.division),
      made: visit.now)
  }

  private func asked() throws -> (Quarter, DivisionCode?) {
    let text = visit.query["quarter"]
    let present = Quarter(containing: SubmissionCycle(containing: visit.today))
    guard let quarter = text.isEmpty ? present.previous : Quarter(text) else {
      throw ProgramFailure(
        .badInput, "quarter", chinese: "“\(text)”不是季度：请写如 2026Q3",
        english: "\(text) is no quarter: write such as 2026Q3")
    }
    return (quarter, try AskedFigures.division(visit.query["of"]))
  }

  private func filter(_ quarter: Quarter, _ division: DivisionCode?) -> Markup {
    Form.filter(
      "/ranking", visit.language,
      [
        Form.line("quarter", visit.text("季度", "quarter"), value: "\(quarter)"),
        Form.line(
          "of", visit.text("省或市的区划代码", "province or prefecture"),
          value: division.map { "\($0)" } ?? "",
          hint: visit.text("不填为本省", "empty: one's own")),
        Form.line(
          "explain", visit.text("说明哪个县的名次（留痕）", "explain a county's rank, leaves a trace"),
          value: visit.query["explain"], hint: visit.text("区划代码", "its code")),
      ])
  }
}

import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation
import Reports

/// What offices have done in a cycle, what they are late with, and who answers for it (S9.2, S10).
struct WorkPage {
  let visit: Visit

  func page() async throws -> Response {
    let (asked, report) = try await work()
    return visit.page(
      visit.text("乡镇工作", "Township work"),
      [
        FiguresPage.tabs(visit, shown: "/work"),
        asked.filter("/work", visit, levels: [.county, .township, .village]),
      ] + ReportSheet(report: report, path: "/work", query: visit.query).markup())
  }

  func file() async throws -> Response {
    let (asked, report) = try await work()
    return try ReportSheet.file(
      report, as: try ReportSheet.format(visit.parameters), named: "work-\(asked.cycle)")
  }

  /// Reading what is late leaves a trace (G2), so it is asked for by a button.
  func late() async throws -> Response {
    var content = [
      FiguresPage.tabs(visit, shown: "/late"),
      Form.filter(
        "/late", visit.language,
        [
          Form.line(
            "of", visit.text("区划代码", "division"), value: visit.query["of"],
            hint: visit.text("不填为本单位；查看会留痕", "empty: one's own; looking leaves a trace")),
          Form.hidden("show", "1"),
        ]),
    ]
    if visit.query.has("show") {
      content += ReportSheet(
        report: try await lateReport(), path: "/late", query: visit.query
      ).markup()
    }
    return visit.page(visit.text("逾期及责任人", "Late, and whose"), content)
  }

  func lateFile() async throws -> Response {
    try ReportSheet.file(
      try await lateReport(), as: try ReportSheet.format(visit.parameters),
      named: "late-\(visit.today)")
  }

  private func work() async throws -> (AskedFigures, Report) {
    let asked = try AskedFigures(visit)
    let work = try await visit.node.work(in: asked.cycle, of: asked.division, by: asked.level)
    let report = WorkView(cycle: asked.cycle, work: work).report.report(
      in: visit.language, of: whose(asked.division), made: visit.now)
    return (asked, report)
  }

  private func lateReport() async throws -> Report {
    let division = try AskedFigures.division(visit.query["of"])
    return LateItemsView(lines: try await visit.node.lateItems(of: division))
      .report(in: visit.language, of: whose(division), on: visit.today)
  }

  private func whose(_ division: DivisionCode?) -> String {
    DivisionText.short(division.map { "\($0)" } ?? visit.session.actor.division)
  }
}

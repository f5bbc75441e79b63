import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation
import Reports

/// The figures of a cycle with their rates against the 95 % line (S5, S6.1).
struct FiguresPage {
  let visit: Visit

  func page() async throws -> Response {
    let asked = try AskedFigures(visit)
    let view = try await visit.node.figuresView(
      of: asked.cycle, in: asked.division, by: asked.level)
    let sheet = ReportSheet(
      report: view.report.report(in: visit.language, made: visit.now), path: "/figures",
      query: visit.query)
    return visit.page(
      visit.text("数字", "Figures"),
      [
        FiguresPage.tabs(visit, shown: "/figures"),
        asked.filter(
          "/figures", visit, levels: AskedFigures.levels(below: visit.session.actor.division)),
      ] + sheet.markup())
  }

  /// The report as a file; the one to print has all charts.
  func file() async throws -> Response {
    let format = try ReportSheet.format(visit.parameters)
    let asked = try AskedFigures(visit)
    let view = try await visit.node.figuresView(
      of: asked.cycle, in: asked.division, by: asked.level)
    var report = view.report
    if format == .html, let asOf = view.rows.first?.figures.asOf {
      try await visit.node.chart(&report, of: asked.division, asOf: asOf)
    }
    return try ReportSheet.file(
      report.report(in: visit.language, made: visit.now), as: format,
      named: "figures-\(asked.cycle)")
  }

  /// The pages of figures that the clerk's role has.
  static func tabs(_ visit: Visit, shown: String) -> Markup {
    var tabs = [
      ("/figures", visit.text("周期数字", "figures")),
      ("/work", visit.text("乡镇工作", "township work")),
      ("/late", visit.text("逾期及责任人", "late, and whose")),
      ("/reports", visit.text("花名册和月报表", "rosters and tables")),
    ]
    // Counties are ranked at their province's node (S9.1).
    if let node = DivisionCode(visit.node.profile.division), !node.isCounty,
      node.level <= .prefecture
    {
      tabs.insert(("/ranking", visit.text("季度排名", "ranking")), at: 1)
    }
    return Tabs.markup(
      visit.text("数字各页", "pages of figures"), tabs.map { (path: $0.0, text: $0.1) },
      shown: shown)
  }
}

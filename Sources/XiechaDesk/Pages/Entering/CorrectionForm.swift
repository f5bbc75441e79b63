import CaseFile
import ExchangeRules
import Presentation

/// The rows that were not taken, each with its faults in place, to be corrected there and sent again.
struct CorrectionForm {
  let visit: Visit
  private var language: Language { visit.language }

  func markup() -> [Markup] {
    let outstanding = visit.session.outstanding
    guard !outstanding.rows.isEmpty else { return [] }
    let shown = Array(outstanding.rows.prefix(DeskLimits.faultyRowsOnPage))
    let left = outstanding.rows.count - shown.count
    return [
      .parent(
        "section",
        [
          .leaf("h2", [:], visit.text("未导入的行", "Rows not taken")),
          .parent(
            "p",
            [
              .text(
                visit.text(
                  "在此更正后再次提交，或下载后用表格软件更正。",
                  "Correct them here and send them again, or download them. ")),
              .leaf(
                "a", ["href": "/import/rejects.csv"],
                visit.text("下载未导入的行", "download the rows not taken")),
            ]),
          Form.post(
            "/import/rows", token: visit.session.token,
            outstanding.headings.map { Form.hidden(CorrectedRows.heading, $0) }
              + shown.map { row($0, outstanding.headings) }
              + [
                .element(
                  "div", ["class": "row"],
                  [Form.button(visit.text("再次提交", "send them again"))]
                    + (left > 0
                      ? [
                        .leaf(
                          "span", ["class": "soft"],
                          visit.text("其余 \(left) 行随后显示", "\(left) more are shown then"))
                      ] : []))
              ]),
        ])
    ]
  }

  private func row(_ row: OutstandingRows.Row, _ headings: [String]) -> Markup {
    let faulty = Set(row.problems.map(\.heading))
    var open: [Markup] = []
    var others: [Markup] = []
    var hidden: [Markup] = []
    for (column, heading) in headings.enumerated() {
      let value = column < row.cells.count ? row.cells[column] : ""
      let name = CorrectedRows.field(row.line, column)
      if faulty.contains(heading) {
        open.append(Form.line(name, heading, value: value, fault: fault(of: heading, row)))
      } else if !value.isEmpty, heading != CaseField.rejectReason.heading {
        others.append(Form.line(name, heading, value: value))
      }
    }
    if open.isEmpty, others.isEmpty {
      hidden.append(Form.hidden(CorrectedRows.field(row.line, 0), ""))
    }
    let whole = row.problems.filter { $0.heading.isEmpty }
    return .parent(
      "fieldset",
      [.leaf("legend", [:], visit.text("第 \(row.line) 行", "line \(row.line)"))]
        + whole.map { .leaf("p", ["class": "fault"], "▲ \(told($0))") }
        + [
          .element("div", ["class": "grid"], open),
          .parent(
            "details",
            [
              .leaf("summary", [:], visit.text("该行的其他内容", "the rest of the row")),
              .element("div", ["class": "grid"], others),
            ]),
        ] + hidden)
  }

  private func fault(of heading: String, _ row: OutstandingRows.Row) -> String {
    row.problems.filter { $0.heading == heading }.map(told).joined(separator: " ")
  }

  private func told(_ problem: RowProblem) -> String {
    language == .chinese
      ? "\(problem.text.chinese)。\(problem.remedy.chinese)"
      : "\(problem.text.english). \(problem.remedy.english)"
  }
}

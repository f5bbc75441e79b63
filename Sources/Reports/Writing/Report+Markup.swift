internal import ExchangeRules
public import Presentation

extension Report {
  /// What stands under the title of a page that shows the report.
  public var markup: [Markup] {
    var parts: [Markup] = [
      .element("p", ["class": "facts"], facts.map { .leaf("span", [:], $0) })
    ]
    if let complaint { parts.append(.leaf("p", ["class": "complaint"], complaint)) }
    // A page may be narrower than the table: it is moved sideways then, by keys too.
    parts.append(
      .element(
        "div", ["class": "wide", "tabindex": "0", "role": "region", "aria-label": title],
        [Report.markup(of: table, in: language)]))
    parts += notes.map { .leaf("p", ["class": "note"], $0) }
    let charts = charts.filter { !$0.drawings.isEmpty }
    if !charts.isEmpty { parts.append(ChartFill.definitions) }
    for chart in charts {
      parts += chart.drawings.map { drawing in
        .parent("figure", [.leaf("figcaption", [:], chart.title), drawing])
      }
    }
    return parts
  }

  private static func markup(of table: ReportTable, in language: Language) -> Markup {
    let rows =
      table.rows.map { row(of: $0, in: table, class: "part") }
      + table.totals.map {
        row(of: table.cells(of: $0, in: language), in: table, class: "\($0)")
      }
    return .parent(
      "table", [.parent("thead", headings(of: table)), .parent("tbody", rows)])
  }

  /// One line of headings, or two where columns stand in groups.
  private static func headings(of table: ReportTable) -> [Markup] {
    let hasGroups = table.columns.contains { !$0.group.isEmpty }
    guard hasGroups else {
      return [.parent("tr", table.columns.map { .leaf("th", ["scope": "col"], $0.heading) })]
    }
    var over: [Markup] = []
    var under: [Markup] = []
    for run in table.groups {
      let first = table.columns[run.lowerBound]
      guard !first.group.isEmpty else {
        over.append(.leaf("th", ["scope": "col", "rowspan": "2"], first.heading))
        continue
      }
      over.append(
        .leaf("th", ["scope": "colgroup", "colspan": "\(run.count)"], first.group))
      under += table.columns[run].map { .leaf("th", ["scope": "col"], $0.heading) }
    }
    return [.parent("tr", over), .parent("tr", under)]
  }

  private static func row(
    of cells: [ReportCell], in table: ReportTable, class kind: String
  ) -> Markup {
    .element(
      "tr", ["class": kind],
      zip(table.columns, cells).map { column, cell in
        .leaf("td", column.alignsRight ? ["class": "number"] : [:], cell.text)
      })
  }
}

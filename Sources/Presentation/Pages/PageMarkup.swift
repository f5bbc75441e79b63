/// Lays a page out for a browser.
public enum PageMarkup {
  /// What stands on the page: a section for each heading, and one for what comes before the first.
  public static func sections(of page: Page) -> [Markup] {
    var sections: [[Markup]] = [[]]
    var heading = ""
    for part in page.parts {
      switch part {
      case .heading(let text):
        heading = text
        sections.append([.leaf("h2", [:], text)])
      case .line(let text): sections[sections.count - 1].append(.leaf("p", [:], text))
      case .note(let text):
        sections[sections.count - 1].append(.leaf("p", ["class": "note"], text))
      case .table(let table): sections[sections.count - 1].append(markup(of: table, under: heading))
      case .gap: continue
      }
    }
    return sections.filter { !$0.isEmpty }.map { .parent("section", $0) }
  }

  /// A table, which may be wider than its page and is then moved sideways, by keys too.
  ///
  /// Whoever hears the page tells it from others by its heading and its columns.
  public static func markup(of table: TextTable, under heading: String) -> Markup {
    let label = ([heading] + table.columns.map(\.title)).joined(separator: " ")
    return .element(
      "div", ["class": "wide", "tabindex": "0", "role": "region", "aria-label": label],
      [
        .parent(
          "table",
          [
            .parent(
              "thead",
              [
                .parent("tr", table.columns.map { .leaf("th", ["scope": "col"], $0.title) })
              ]),
            .parent(
              "tbody",
              table.rows.map { row in
                .parent(
                  "tr",
                  table.columns.enumerated().map { place, column in
                    .leaf(
                      "td", column.isWhole || column.alignsRight ? ["class": "number"] : [:],
                      place < row.count ? row[place] : "")
                  })
              }),
          ])
      ])
  }
}

public import ExchangeRules
public import Presentation

extension ReportTable {
  /// The table for a terminal.
  ///
  /// - Parameters:
  ///   - places: The columns to show, by their places from 0.
  ///   - language: The reader's language.
  /// - Returns: The rows, and the totals where counts are shown.
  public func text(of places: [Int], in language: Language) -> TextTable {
    var table = TextTable(
      places.map { place in
        let column = columns[place]
        return TextTable.Column(
          heading(of: column, among: places), alignsRight: column.alignsRight,
          isWhole: column.kind != .text)
      })
    for row in rows { table.add(places.map { row[$0].text }) }
    for total in totals where places.contains(where: { columns[$0].kind == .number }) {
      let cells = cells(of: total, in: language)
      table.add(places.map { cells[$0].text })
    }
    return table
  }

  /// Its group's heading, where it alone of its group is shown.
  private func heading(of column: Column, among places: [Int]) -> String {
    let shown = places.count { columns[$0].group == column.group }
    return column.group.isEmpty || shown > 1 ? column.fullHeading : column.group
  }
}

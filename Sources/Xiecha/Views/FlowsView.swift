import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import ReferenceData
import Reports

/// The published flow tables of a period.
struct FlowsView {
  let release: FlowRelease
  let flows: PublishedFlows

  /// One of the tables as a report; nil where none is shown.
  func report(by beside: FlowBeside, in language: Language) -> FlowReport? {
    flows.tables.first { $0.beside == beside }.map { report(of: $0, beside, language) }
  }

  func page(in language: Language) -> Page {
    var page = Page()
    for table in flows.tables { add(values: table, to: &page) }
    page.add(
      heading: language.text(
        "\(release.first) 至 \(release.last)，按\(release.level.label.chinese)",
        "\(release.first) to \(release.last), by \(release.level.word)"))
    if flows.tables.isEmpty {
      page.add(
        line: language.text("不足5人，没有可公布的表", "fewer than five persons moved: no table is shown"))
      return page
    }
    var notes: [String] = []
    for beside in FlowBeside.allCases {
      guard let report = report(by: beside, in: language) else { continue }
      page.addGap()
      page.add(heading: beside.label[language])
      let table = report.table(in: language)
      // The persons of all stand in each row of a file alone.
      let shown = table.columns.indices.filter { $0 != table.columns.count - 2 }
      page.add(table.text(of: shown, in: language))
      notes = report.notes(in: language)
    }
    page.add(notes: notes)
    return page
  }

  private func report(
    of table: PublishedTable, _ beside: FlowBeside, _ language: Language
  ) -> FlowReport {
    let width = table.columns.count
    let cells = table.rows.indices.map { row in
      table.cells.dropFirst(row * width).prefix(width).map { $0 == 0 ? nil : Int($0) }
    }
    return FlowReport(
      release, by: beside, rows: table.rows.map { line($0, .destination, language) },
      columns: table.columns.map { line($0, beside, language) }, cells: cells,
      persons: Int(clamping: table.persons))
  }

  private func line(
    _ line: FlowLine, _ beside: FlowBeside, _ language: Language
  ) -> FlowReport.Line {
    let name =
      if line.others {
        language.text("其他", "others")
      } else if line.key.isEmpty {
        language.text("不详", "unknown")
      } else {
        switch beside {
        case .destination: DivisionText.short(line.key)
        case .sex: Int(line.key).flatMap { Sex(rawValue: $0) }?.label[language] ?? line.key
        case .age: line.key
        case .education: FlowsView.education(line.key)
        }
      }
    return FlowReport.Line(key: line.key, name: name, persons: Int(clamping: line.persons))
  }

  /// The name of the group that a digit begins.
  private static func education(_ digit: String) -> String {
    CodeTables.national["education"]?.entry(code: digit + "0")?.name ?? digit
  }

  private func add(values table: PublishedTable, to page: inout Page) {
    let width = table.columns.count
    for (row, origin) in table.rows.enumerated() {
      for (place, column) in table.columns.enumerated() {
        let count = table.cells.dropFirst(row * width + place).first ?? 0
        page.add(
          value: Cell(
            table: table.beside?.word ?? "", origin: origin.others ? "others" : origin.key,
            beside: column.others ? "others" : column.key, persons: count == 0 ? nil : count))
      }
    }
  }

  private struct Cell: Encodable {
    let table: String
    let origin: String
    let beside: String
    /// Null: suppressed.
    let persons: UInt32?

    private enum Key: CodingKey { case table, origin, beside, persons }

    func encode(to encoder: any Encoder) throws {
      var cell = encoder.container(keyedBy: Key.self)
      try cell.encode(table, forKey: .table)
      try cell.encode(origin, forKey: .origin)
      try cell.encode(beside, forKey: .beside)
      try cell.encode(persons, forKey: .persons)
    }
  }
}

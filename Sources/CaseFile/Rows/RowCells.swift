import ExchangeRules

/// The cells of a record under their headings, as text, and the problems found so far.
struct RowCells {
  let headings: Headings
  /// The cells as decoded; nil where the bytes cannot be read.
  let cells: [String?]
  private(set) var problems: [RowProblem] = []

  init(headings: Headings, cells: [String?]) {
    self.headings = headings
    self.cells = cells
  }

  /// The content of a field's cell; empty where there is no such column.
  func content(_ field: CaseField) -> String {
    headings.meanings.firstIndex { $0.field == field }.map(content(at:)) ?? ""
  }

  /// The cell of a field as a code: half-width, no spaces.
  func code(_ field: CaseField) -> String {
    CellText.code(of: content(field))
  }

  /// The content of the cell of a column.
  func content(at column: Int) -> String {
    guard column < cells.count, let cell = cells[column] else { return "" }
    return CellText.content(of: cell)
  }

  /// The heading under which the file has a field.
  func heading(of field: CaseField) -> String {
    let column = headings.meanings.firstIndex { $0.field == field }
    return column.map { headings.texts[$0] } ?? field.heading
  }

  mutating func add(_ problem: RowProblem) {
    problems.append(problem)
  }

  mutating func add(_ reason: RowReason, to field: CaseField) {
    add(
      RowProblem(
        field: field.path, heading: heading(of: field), reason: reason,
        maskedValue: CellMask.value(content(field), of: field)))
  }

  /// Adds a problem of a record's column.
  mutating func add(_ reason: RowReason, toColumn index: Int, _ column: RecordColumn) {
    let shown = column.isShown ? CellMask.value(content(at: index), of: nil) : ""
    add(
      RowProblem(
        field: "record.\(column.field.name)", heading: headings.texts[index], reason: reason,
        maskedValue: shown))
  }

  /// Adds a problem of the row as a whole.
  mutating func addToRow(_ reason: RowReason) {
    add(RowProblem(field: "", heading: "", reason: reason, maskedValue: ""))
  }
}

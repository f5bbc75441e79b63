import ExchangeRules
import Workbook

/// The cells of a record under their headings, as they are read, the problems found so far, and what
/// reading changed.
struct RowCells {
  let headings: Headings
  /// The cells as decoded; nil where the bytes cannot be read.
  let cells: [String?]
  /// Cells without a value, by column; their texts are left out.
  private let faults: [Int: CellFault]
  /// The number of the row in its sheet; nil for a text file, whose lines are not numbered so.
  private let row: Int?
  /// The words of each cell, read once.
  private let words: [Reading<String>]
  private(set) var problems: [RowProblem] = []
  /// By column.
  private(set) var changes: [Int: ReadingChanges] = [:]

  init(
    headings: Headings, cells: [String?], faults: [Int: CellFault] = [:], row: Int? = nil
  ) {
    self.headings = headings
    self.row = row
    var faults = faults
    for (column, cell) in cells.enumerated() {
      if let fault = cell.flatMap(CellFault.init(text:)) { faults[column] = fault }
    }
    self.faults = faults
    self.cells =
      faults.isEmpty ? cells : cells.indices.map { faults[$0] == nil ? cells[$0] : "" }
    words = self.cells.map { WrittenText.read($0 ?? "") }
  }

  /// The words of a field's cell; empty where there is no such column.
  func content(_ field: CaseField) -> String {
    column(of: field).map(content(at:)) ?? ""
  }

  /// The words of the cell of a column.
  func content(at column: Int) -> String { column < words.count ? words[column].value : "" }

  /// The cell of a field as it stands in the file.
  func written(_ field: CaseField) -> String { column(of: field).map(written(at:)) ?? "" }

  /// The cell of a column as it stands in the file; empty where the row is short.
  func written(at column: Int) -> String {
    guard column < cells.count, let cell = cells[column] else { return "" }
    return cell
  }

  /// The heading under which the file has a field.
  func heading(of field: CaseField) -> String {
    column(of: field).map { headings.texts[$0] } ?? field.heading
  }

  private func column(of field: CaseField) -> Int? {
    headings.columns[field]
  }

  /// Whether something is known to be wrong with a field.
  func hasProblem(_ field: CaseField) -> Bool {
    problems.contains { $0.field == field.path }
  }

  /// Reads a field's cell; nil where nothing is written, and where it cannot be read, which is then a
  /// problem of the row.
  mutating func read<Value>(
    _ field: CaseField, _ read: (String) throws(ReadingRefusal) -> Reading<Value>
  ) -> Value? {
    guard !content(field).isEmpty else { return nil }
    do throws(ReadingRefusal) {
      return take(try read(written(field)), of: column(of: field))
    } catch {
      add(error, to: field)
      return nil
    }
  }

  /// The words of a field's cell, with what reading changed noted.
  mutating func text(_ field: CaseField) -> String {
    guard let column = column(of: field), column < words.count else { return "" }
    return take(words[column], of: column)
  }

  /// The value of a reading, whose changes are noted at its column.
  @discardableResult
  mutating func take<Value>(_ reading: Reading<Value>, of column: Int?) -> Value {
    if let column, !reading.changes.isEmpty {
      changes[column, default: []].formUnion(reading.changes)
    }
    return reading.value
  }

  /// Notes what reading changed in a field.
  mutating func note(_ made: ReadingChanges, in field: CaseField) {
    if let column = column(of: field), !made.isEmpty {
      changes[column, default: []].formUnion(made)
    }
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

  mutating func add(_ refusal: ReadingRefusal, to field: CaseField) {
    add(
      RowProblem(
        field: field.path, heading: heading(of: field), refusal: refusal,
        maskedValue: CellMask.value(content(field), of: field)))
  }

  /// Adds a problem of a record's column.
  mutating func add(_ reason: RowReason, toColumn index: Int, _ column: RecordColumn) {
    add(
      RowProblem(
        field: "record.\(column.field.name)", heading: headings.texts[index], reason: reason,
        maskedValue: shown(index, column)))
  }

  mutating func add(_ refusal: ReadingRefusal, toColumn index: Int, _ column: RecordColumn) {
    add(
      RowProblem(
        field: "record.\(column.field.name)", heading: headings.texts[index], refusal: refusal,
        maskedValue: shown(index, column)))
  }

  private func shown(_ index: Int, _ column: RecordColumn) -> String {
    column.isShown ? CellMask.value(content(at: index), of: nil) : ""
  }

  /// Adds the faults of the columns that would be imported.
  mutating func addFaults() {
    for (column, fault) in faults.sorted(by: { $0.key < $1.key })
    where column < headings.meanings.count && headings.meanings[column].isKnown {
      let meaning = headings.meanings[column]
      let field =
        meaning.field?.path ?? meaning.recordColumns.first.map { "record.\($0.field.name)" } ?? ""
      let place = row.map { "\(CellPlace(column: column, row: $0))" }
      add(RowProblem(field: field, heading: headings.texts[column], fault: fault, at: place))
    }
  }

  /// Adds a problem of the row as a whole.
  mutating func addToRow(_ reason: RowReason) {
    add(RowProblem(field: "", heading: "", reason: reason, maskedValue: ""))
  }
}

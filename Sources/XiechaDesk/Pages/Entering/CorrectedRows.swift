/// Rows as a form of the desk carries them: headings, and of each line its cells.
///
/// The form holds all that the rows say, so that nothing is lost where the session ends meanwhile.
struct CorrectedRows: Sendable {
  /// The names of the fields.
  static let heading = "heading"
  static func field(_ line: Int, _ column: Int) -> String { "row.\(line).\(column)" }

  /// The lines of the file, in their order.
  let lines: [Int]
  /// What they say.
  let rows: TypedRows

  /// Reads a form.
  init(_ form: FormFields) {
    let headings = form.all(CorrectedRows.heading)
    var rows: [Int: [String]] = [:]
    for (name, value) in form.pairs {
      let parts = name.split(separator: ".")
      guard parts.count == 3, parts[0] == "row", let line = Int(parts[1]),
        let column = Int(parts[2]), headings.indices.contains(column)
      else { continue }
      rows[line, default: headings.map { _ in "" }][column] = value
    }
    lines = rows.keys.sorted()
    self.rows = TypedRows(headings: headings, cells: lines.map { rows[$0] ?? [] })
  }

  /// The rows as they are kept.
  init(_ outstanding: OutstandingRows) {
    lines = outstanding.rows.map(\.line)
    rows = TypedRows(headings: outstanding.headings, cells: outstanding.rows.map(\.cells))
  }
}

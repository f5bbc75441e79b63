import CaseFile
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// One row that was typed: read and judged by the rules of case files, and entered like one of them.
struct RowEntry {
  /// The headings and what stands under them.
  let cells: [(heading: String, value: String)]

  /// The cells of a form; ticks under one heading are one cell.
  init(_ form: FormFields, leavingOut others: Set<String>) {
    var cells: [(heading: String, value: String)] = []
    for (name, value) in form.without(others).pairs {
      if let place = cells.firstIndex(where: { $0.heading == name }) {
        cells[place].value += "、\(value)"
      } else {
        cells.append((name, value))
      }
    }
    self.cells = cells
  }

  /// A reader of the row.
  func reader(_ options: CaseFileOptions) throws(CaseFileFailure) -> CaseFileReader {
    try TypedRows(headings: cells.map(\.heading), cells: [cells.map(\.value)]).reader(options)
  }

  /// What is wrong with it, without entering it.
  func check(_ options: CaseFileOptions) throws -> [RowProblem] {
    let reader = try reader(options)
    guard case .rejected(let row) = try reader.next() else { return [] }
    return row.problems
  }

  /// Enters it.
  func enter(
    at node: NodeSession, _ who: WhoAmIReply, _ options: CaseFileOptions
  ) async throws -> ImportRun.Result {
    try await ImportRun(node: node, enteredAt: who.actor?.division ?? who.node)
      .run(try reader(options)) { _ in }
  }

  /// What is wrong, by the heading of the field.
  static func faults(
    _ problems: [RowProblem], _ category: ExchangeRules.Category, _ language: Language
  ) -> [String: String] {
    var faults: [String: String] = [:]
    for problem in problems {
      let isOfRecord = problem.field.hasPrefix("record.")
      let own = isOfRecord ? "\(category.word).\(problem.field.dropFirst(7))" : problem.heading
      faults[own, default: ""] += "\(problem.text[language])。\(problem.remedy[language])"
    }
    return faults
  }
}

import CaseFile
import ExchangeRules

/// Rows as they were typed on a page: read and judged by the rules of case files.
struct TypedRows: Sendable {
  let headings: [String]
  /// A cell for each heading.
  let cells: [[String]]

  /// A reader of the rows; the line of the first is 2.
  func reader(_ options: CaseFileOptions) throws(CaseFileFailure) -> CaseFileReader {
    var pieces = [
      Array("\u{FEFF}".utf8)
        + ([headings] + cells).flatMap { line in
          SpreadsheetLine.line(of: line.map { Array(TypedRows.oneLine($0).utf8) })
        }
    ]
    return try CaseFileReader(options: options) { pieces.popLast() ?? [] }
  }

  /// The text without line ends, so that a row stays a line of its file.
  private static func oneLine(_ text: String) -> String {
    text.replacing("\r\n", with: " ").replacing("\n", with: " ").replacing("\r", with: " ")
  }
}

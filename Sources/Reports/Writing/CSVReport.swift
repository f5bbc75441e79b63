internal import ExchangeRules

/// Writes a report's table as text that a spreadsheet opens rightly: UTF-8 with its mark, numbers as
/// numbers, what names something as text, and nothing that computes (RFC 4180; OWASP, CSV injection).
enum CSVReport {
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Headings in the first line, so that programs read it too; what is said besides comes after the
  /// table, in the last column, so that no long line makes a column of the table wide.
  static func bytes(of report: Report) -> [UInt8] {
    let table = report.table
    var bytes = mark
    bytes += line(table.columns.map { .text($0.fullHeading) })
    for row in table.rows { bytes += line(row) }
    for total in table.totals { bytes += line(table.cells(of: total, in: report.language)) }
    bytes += line([])
    let before = [ReportCell](repeating: .text(""), count: max(0, table.columns.count - 1))
    let texts = [report.title] + report.facts + [report.complaint].compactMap(\.self) + report.notes
    for text in texts { bytes += line(before + [.text(text)]) }
    return bytes
  }

  private static func line(_ cells: [ReportCell]) -> [UInt8] {
    SpreadsheetLine.line(
      of: cells.map { cell in
        let text = Array(cell.text.utf8)
        switch cell {
        case .text: return SpreadsheetLine.protected(text)
        case .identity(let identity):
          // What cannot be inside quotes is protected as any text is.
          return identity.utf8.contains(UInt8(ascii: "\""))
            ? SpreadsheetLine.protected(text) : SpreadsheetLine.armoured(text)
        case .number, .points, .date, .share: return text
        case .missing: return []
        }
      })
  }
}

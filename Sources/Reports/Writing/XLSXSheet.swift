internal import CXlsxWriter
internal import ExchangeRules
internal import Glibc
internal import Presentation

/// The one sheet of a report's workbook.
final class XLSXSheet {
  private typealias Format = UnsafeMutablePointer<lxw_format>?

  /// The first failure of the library, if any.
  private(set) var failure = LXW_NO_ERROR
  private let report: Report
  private let table: ReportTable
  private let sheet: UnsafeMutablePointer<lxw_worksheet>?
  private let styles: XLSXStyles
  /// The line where the next row goes.
  private var row: UInt32 = 0
  /// Where the parts begin and end, for the formulas.
  private var parts: Range<UInt32> = 0..<0
  /// The lines of the sum and of the whole.
  private var places: [ReportTable.Total: UInt32] = [:]

  init(_ report: Report, in book: UnsafeMutablePointer<lxw_workbook>) {
    self.report = report
    table = report.table
    sheet = workbook_add_worksheet(book, report.language.text("报表", "report"))
    styles = XLSXStyles(of: book)
    var properties = lxw_doc_properties()
    report.title.withCString { title in
      properties.title = UnsafeMutablePointer(mutating: title)
      note(workbook_set_properties(book, &properties))
    }
  }

  func write() {
    writeText(report.title, styles.title)
    for fact in report.facts { writeText(fact, styles.plain) }
    if let complaint = report.complaint { writeText(complaint, styles.complaint) }
    row += 1
    writeHeadings()
    let first = row
    for cells in table.rows { write(cells, total: nil) }
    parts = first..<row
    for total in table.totals {
      places[total] = row
      write(table.cells(of: total, in: report.language), total: total)
    }
    row += 1
    for note in report.notes { writeText(note, styles.plain) }
    setWidths()
    setPage()
  }

  // MARK: Rows

  private func writeText(_ text: String, _ format: Format) {
    note(worksheet_write_string(sheet, row, 0, TerminalLine.safe(text), format))
    row += 1
  }

  private func writeHeadings() {
    let hasGroups = table.columns.contains { !$0.group.isEmpty }
    let under = hasGroups ? row + 1 : row
    // Two lines of a long heading.
    let headingPoints = 32.0
    note(worksheet_set_row(sheet, row, headingPoints, nil))
    for run in table.groups {
      let column = table.columns[run.lowerBound]
      let (first, last) = (UInt16(run.lowerBound), UInt16(run.upperBound - 1))
      if hasGroups, !column.group.isEmpty, run.count > 1 {
        note(
          worksheet_merge_range(
            sheet, row, first, row, last, TerminalLine.safe(column.group), styles.heading))
      } else if hasGroups, column.group.isEmpty {
        note(
          worksheet_merge_range(
            sheet, row, first, under, first, TerminalLine.safe(column.heading), styles.heading))
        continue
      } else if hasGroups {
        writeCell(.text(column.group), first, styles.heading)
      }
      for place in run {
        note(
          worksheet_write_string(
            sheet, under, UInt16(place), TerminalLine.safe(table.columns[place].heading),
            styles.heading))
      }
    }
    let first = row
    row = under + 1
    worksheet_freeze_panes(sheet, row, UInt16(table.columns.prefix { !$0.alignsRight }.count))
    note(worksheet_repeat_rows(sheet, first, under))
  }

  private func write(_ cells: [ReportCell], total: ReportTable.Total?) {
    for (place, cell) in cells.enumerated() {
      let format = styles.format(of: cell, isTotal: total != nil)
      guard let formula = formula(of: cell, at: place, total: total) else {
        writeCell(cell, UInt16(place), format)
        continue
      }
      note(
        worksheet_write_formula_num(
          sheet, row, UInt16(place), formula, format, XLSXSheet.value(of: cell)))
    }
    row += 1
  }

  private func writeCell(_ cell: ReportCell, _ column: UInt16, _ format: Format) {
    switch cell {
    case .number(let number):
      note(worksheet_write_number(sheet, row, column, Double(number), format))
    case .points, .share:
      note(worksheet_write_number(sheet, row, column, XLSXSheet.value(of: cell), format))
    case .date(let day):
      var date = lxw_datetime(
        year: Int32(day.year), month: Int32(day.month), day: Int32(day.day), hour: 0, min: 0,
        sec: 0)
      // A workbook knows no day before 1900.
      guard day.year >= 1900 else { return writeCell(.text(cell.text), column, format) }
      note(worksheet_write_datetime(sheet, row, column, &date, format))
    case .text, .identity, .missing:
      note(worksheet_write_string(sheet, row, column, cell.text, format))
    }
  }

  // MARK: Formulas

  private func formula(of cell: ReportCell, at place: Int, total: ReportTable.Total?) -> String? {
    if case .share(_, let of) = cell,
      case .share(let countPlace, let ofPlace) = table.columns[place].kind
    {
      guard of > 0 else { return nil }
      // In whole numbers, so that what is under the line never shows as on it (S6.1).
      let (count, all) = (name(countPlace, row), name(ofPlace, row))
      return "=IF(\(all)=0,\"—\",INT(\(count)*1000/\(all))/1000)"
    }
    guard let total, case .number = cell else { return nil }
    switch total {
    case .sum:
      return "=SUM(\(name(place, parts.lowerBound)):\(name(place, parts.upperBound - 1)))"
    case .whole: return nil
    case .difference:
      guard let whole = places[.whole], let sum = places[.sum] else { return nil }
      return "=\(name(place, whole))-\(name(place, sum))"
    }
  }

  private func name(_ column: Int, _ row: UInt32) -> String {
    var letters = ""
    var rest = column
    repeat {
      letters = String(UnicodeScalar(UInt8(0x41 + rest % 26))) + letters
      rest = rest / 26 - 1
    } while rest >= 0
    return "\(letters)\(row + 1)"
  }

  private static func value(of cell: ReportCell) -> Double {
    switch cell {
    case .number(let number): Double(number)
    case .points(let hundredths): Double(hundredths) / 100
    case .share(let count, let of):
      Double(FeedbackRate(queries: of, fedBack: count).permille ?? 0) / 1000
    case .text, .identity, .date, .missing: 0
    }
  }

  // MARK: Looks

  private func setWidths() {
    let rows = table.rows + table.totals.map { table.cells(of: $0, in: report.language) }
    for (place, column) in table.columns.enumerated() {
      let content = rows.map { DisplayWidth.of($0[place].text) }.max() ?? 0
      // A long heading may take two lines.
      let heading = min(DisplayWidth.of(column.heading), 12)
      let width = Double(min(max(content, heading, 5), 40)) + 2.5
      note(worksheet_set_column(sheet, UInt16(place), UInt16(place), width, nil))
    }
  }

  private func setPage() {
    let a4: UInt8 = 9
    let rowPoints = 18.0
    worksheet_set_default_row(sheet, rowPoints, 0)
    worksheet_set_paper(sheet, a4)
    worksheet_set_landscape(sheet)
    worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6)
    worksheet_fit_to_pages(sheet, 1, 0)
    worksheet_center_horizontally(sheet)
    note(worksheet_set_footer(sheet, report.language.text("&C第 &P 页，共 &N 页", "&C&P / &N")))
  }

  private func note(_ code: lxw_error) {
    if failure == LXW_NO_ERROR { failure = code }
  }
}

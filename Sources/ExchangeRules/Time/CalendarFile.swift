/// Reads the text of a calendar file: CSV with the heading `date,type,name,…`, as
/// `cn_calendar_2004_2026.csv` is.
///
/// Further columns are not needed and not read.
public enum CalendarFile {
  /// The rows, in the order of their dates.
  public static func rows(of text: some StringProtocol) throws(CalendarFileFailure) -> [CalendarRow]
  {
    var rows: [CalendarRow] = []
    var seen: Set<CivilDate> = []
    var number = 0
    var hasHeader = false
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      if line.isBlank { continue }
      let columns = line.split(separator: ",", omittingEmptySubsequences: false)
      if !hasHeader {
        // A spreadsheet may put a byte-order mark before the first heading.
        guard columns.count >= 3, columns[0].hasSuffix("date"), columns[1] == "type" else {
          throw CalendarFileFailure(line: number, field: "header", reason: .missing)
        }
        hasHeader = true
        continue
      }
      let row = try row(of: columns, line: number)
      guard seen.insert(row.date).inserted else {
        throw CalendarFileFailure(line: number, field: "date", reason: .repeated)
      }
      rows.append(row)
    }
    guard hasHeader else { throw CalendarFileFailure(line: 1, field: "header", reason: .missing) }
    return rows.sorted()
  }

  private static func row<Column: StringProtocol>(
    of columns: [Column], line: Int
  ) throws(CalendarFileFailure) -> CalendarRow {
    guard columns.count >= 3 else {
      throw CalendarFileFailure(line: line, field: "type", reason: .missing)
    }
    guard let date = CivilDate(columns[0]) else {
      throw CalendarFileFailure(line: line, field: "date", reason: .notADate)
    }
    switch columns[1] {
    case "holiday": return CalendarRow(date: date, isWorked: false, name: String(columns[2]))
    case "workday_makeup": return CalendarRow(date: date, isWorked: true, name: String(columns[2]))
    default: throw CalendarFileFailure(line: line, field: "type", reason: .unknown)
    }
  }
}

/// The files that a report is written as.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
  /// Text for any spreadsheet.
  case csv
  /// A workbook, with totals that compute themselves.
  case xlsx
  /// A page for reading and printing, with charts.
  case html

  /// The bytes of the file.
  ///
  /// - Parameter report: The report.
  /// - Returns: All of the file.
  /// - Throws: ``ReportFailure`` where a workbook cannot be made: no room for temporary files.
  public func bytes(of report: Report) throws(ReportFailure) -> [UInt8] {
    switch self {
    case .csv: CSVReport.bytes(of: report)
    case .xlsx: try XLSXReport.bytes(of: report)
    case .html: Array(HTMLReport.text(of: report).utf8)
    }
  }
}

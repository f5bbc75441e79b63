import ExchangeRules

/// Writes the rows that were not taken into a file that can be corrected and imported again: the
/// same columns, the same encoding, and a column 原因 that the next import ignores.
public struct RejectsWriter {
  private let header: CaseFileHeader
  private let encoding: CaseFileEncoding
  private let transcoder = Transcoder()

  /// A writer for the rejects of a file with this header, in its encoding.
  public init(header: CaseFileHeader, encoding: CaseFileEncoding) {
    self.header = header
    self.encoding = encoding
  }

  /// The beginning of the file: byte order mark where the original had one, and the headings.
  public func opening() -> [UInt8] {
    var cells = header.headings.map { SpreadsheetLine.protected(encoded($0)) }
    if header.reasonColumn == nil {
      while cells.last?.isEmpty == true { cells.removeLast() }
      cells.append(encoded(CaseField.rejectReason.heading))
    }
    return (encoding == .utf8WithMark ? CaseFileEncoding.mark : []) + line(of: cells)
  }

  /// A row, its cells as they were.
  public func row(_ row: RejectedRow) -> [UInt8] {
    let reason = SpreadsheetLine.protected(
      encoded(row.problems.map(\.chineseLine).joined(separator: "；")))
    var cells = row.cells.map(SpreadsheetLine.protected)
    if let column = header.reasonColumn {
      while cells.count <= column { cells.append([]) }
      cells[column] = reason
    } else {
      var width = header.headings.count
      while width > 0, header.headings[width - 1].isEmpty { width -= 1 }
      while cells.count > width, cells.last?.isEmpty == true { cells.removeLast() }
      // Cells too many stand before the reason, where whoever corrects the row sees them.
      while cells.count < width { cells.append([]) }
      cells.append(reason)
    }
    return line(of: cells)
  }

  private func encoded(_ text: String) -> [UInt8] {
    encoding == .gb18030 ? transcoder.encode(text) ?? Array(text.utf8) : Array(text.utf8)
  }

  private func line(of cells: [[UInt8]]) -> [UInt8] {
    SpreadsheetLine.line(of: cells, separator: header.separator)
  }
}

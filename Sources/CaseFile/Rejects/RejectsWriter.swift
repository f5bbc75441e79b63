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
    var cells = header.headings.map { protected(encoded($0)) }
    if header.reasonColumn == nil {
      while cells.last?.isEmpty == true { cells.removeLast() }
      cells.append(encoded(CaseField.rejectReason.heading))
    }
    return (encoding == .utf8WithMark ? CaseFileEncoding.mark : []) + line(of: cells)
  }

  /// A row, its cells as they were.
  public func row(_ row: RejectedRow) -> [UInt8] {
    let reason = protected(encoded(row.problems.map(\.chineseLine).joined(separator: "；")))
    var cells = row.cells.map(protected)
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

  /// A cell that a spreadsheet would change or carry out, as one that it leaves alone: opening the
  /// rejects in one and saving them must not be what spoils them, or worse.
  ///
  /// Our own reading takes the protection off again, so that it does not grow from round to round.
  private func protected(_ cell: [UInt8]) -> [UInt8] {
    if losesDigits(cell) { return Array("=\"".utf8) + cell + Array("\"".utf8) }
    return isFormula(cell) ? Array("'".utf8) + cell : cell
  }

  /// A number of more than 11 digits is rounded, leading zeros and a leading plus are dropped.
  private func losesDigits(_ cell: [UInt8]) -> Bool {
    let digits = cell.first == UInt8(ascii: "+") ? cell.dropFirst() : cell[...]
    let isNumber =
      !digits.isEmpty && digits.dropLast().allSatisfy(RejectsWriter.isDigit)
      && digits.last.map { RejectsWriter.isDigit($0) || $0 == 0x58 || $0 == 0x78 } == true
    guard isNumber else { return false }
    return digits.count < cell.count || digits.count > 11
      || digits.first == UInt8(ascii: "0") && digits.count > 1
  }

  /// What a spreadsheet takes for a formula (OWASP, CSV injection): the first sign that is no blank,
  /// in full width too; not `="…"`, which only keeps a text, and not a lone dash.
  private func isFormula(_ cell: [UInt8]) -> Bool {
    let text = cell.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
    guard text.count > 1, let sign = RejectsWriter.signs.first(where: text.starts) else {
      return false
    }
    let inner = text.dropFirst(2).dropLast()
    let isArmour =
      sign == [0x3D] && text.count > 2 && text[text.startIndex + 1] == 0x22 && text.last == 0x22
      && !inner.contains(0x22)
    return !isArmour
  }

  /// `=`, `+`, `-`, `@`, and their full-width forms in UTF-8 and in GB18030.
  private static let signs: [[UInt8]] =
    ["=", "+", "-", "@", "＝", "＋", "－", "＠"].map { Array($0.utf8) }
    + [[0xA3, 0xBD], [0xA3, 0xAB], [0xA3, 0xAD], [0xA3, 0xC0]]

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private func encoded(_ text: String) -> [UInt8] {
    encoding == .gb18030 ? transcoder.encode(text) ?? Array(text.utf8) : Array(text.utf8)
  }

  private func line(of cells: [[UInt8]]) -> [UInt8] {
    let quoted = cells.map { cell -> [UInt8] in
      let needsQuotes = cell.contains { [0x22, 0x0A, 0x0D, header.separator].contains($0) }
      guard needsQuotes else { return cell }
      return [0x22] + cell.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] } + [0x22]
    }
    return Array(quoted.joined(separator: [header.separator])) + [0x0D, 0x0A]
  }
}

/// A line of a text file with separators that spreadsheets open (RFC 4180), in any encoding that holds
/// ASCII as it is.
public enum SpreadsheetLine {
  /// The cells as a line, quoted where they need it, ended by CR and LF.
  public static func line(
    of cells: [[UInt8]], separator: UInt8 = UInt8(ascii: ",")
  ) -> [UInt8] {
    let quoted = cells.map { cell -> [UInt8] in
      let needsQuotes = cell.contains { [0x22, 0x0A, 0x0D, separator].contains($0) }
      guard needsQuotes else { return cell }
      return [0x22] + cell.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] } + [0x22]
    }
    return Array(quoted.joined(separator: [separator])) + [0x0D, 0x0A]
  }

  /// A text as one that a spreadsheet keeps as it is, also where it looks like a number.
  public static func armoured(_ cell: [UInt8]) -> [UInt8] {
    Array("=\"".utf8) + cell + Array("\"".utf8)
  }

  /// A cell that a spreadsheet would change or carry out, as one that it leaves alone: opening a
  /// file in one and saving it must not be what spoils it, or worse.
  ///
  /// Our own reading takes the protection off again, so that it does not grow from round to round.
  public static func protected(_ cell: [UInt8]) -> [UInt8] {
    if losesDigits(cell) { return armoured(cell) }
    return isFormula(cell) ? Array("'".utf8) + cell : cell
  }

  /// A number of more than 11 digits is rounded, leading zeros and a leading plus are dropped.
  private static func losesDigits(_ cell: [UInt8]) -> Bool {
    let digits = cell.first == UInt8(ascii: "+") ? cell.dropFirst() : cell[...]
    let isNumber =
      !digits.isEmpty && digits.dropLast().allSatisfy(SpreadsheetLine.isDigit)
      && digits.last.map { SpreadsheetLine.isDigit($0) || $0 == 0x58 || $0 == 0x78 } == true
    guard isNumber else { return false }
    return digits.count < cell.count || digits.count > 11
      || digits.first == UInt8(ascii: "0") && digits.count > 1
  }

  /// What a spreadsheet takes for a formula (OWASP, CSV injection): the first sign that is no blank,
  /// in full width too; not `="…"`, which only keeps a text, and not a lone dash.
  private static func isFormula(_ cell: [UInt8]) -> Bool {
    let text = cell.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
    guard text.count > 1, let sign = SpreadsheetLine.signs.first(where: text.starts) else {
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
}

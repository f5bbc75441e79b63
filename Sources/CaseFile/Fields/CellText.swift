/// Takes off what spreadsheets and keyboards put around the content of a cell.
public enum CellText {
  /// The content without surrounding white space (also the full-width space, tabs that protect
  /// long numbers, and invisible marks), without the apostrophe of a text cell, and without the
  /// formula form `="4401…"` that keeps a spreadsheet from rounding a long number.
  public static func content(of cell: String) -> String {
    var text = trimmed(cell)
    if text.hasPrefix("=\""), text.hasSuffix("\""), text.utf8.count >= 3 {
      text = trimmed(String(text.dropFirst(2).dropLast()))
    }
    if let first = text.unicodeScalars.first, first == "'" || first == "\u{2019}" || first == "`" {
      text = trimmed(String(text.unicodeScalars.dropFirst()))
    }
    return text
  }

  /// The content of a cell that holds a number, a code or a date: full-width digits, letters and
  /// signs made half-width, and no white space inside.
  public static func code(of cell: String) -> String {
    let scalars = content(of: cell).unicodeScalars.compactMap { scalar -> Unicode.Scalar? in
      if isWhiteSpace(scalar) { return nil }
      // Full-width forms of the printable ASCII characters lie 0xFEE0 above them.
      if (0xFF01...0xFF5E).contains(scalar.value) {
        return Unicode.Scalar(scalar.value - 0xFEE0)
      }
      return scalar
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  /// Whether the text is a number in the exponential form that a spreadsheet shows for long
  /// numbers, such as `4.41702E+17`: the digits behind are lost.
  public static func isScientific(_ text: String) -> Bool {
    let parts = text.uppercased().split(separator: "E", omittingEmptySubsequences: false)
    guard parts.count == 2, let mantissa = parts.first, let exponent = parts.last else {
      return false
    }
    let digits = exponent.hasPrefix("+") ? exponent.dropFirst() : exponent
    let pieces = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    return pieces.count <= 2 && !mantissa.isEmpty
      && pieces.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }
      && !digits.isEmpty && digits.utf8.count <= 3 && digits.utf8.allSatisfy(isDigit)
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte)
  }

  /// Whether the text is made of ASCII digits only, and of at least one.
  static func isDigits(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(isDigit)
  }

  private static func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
    // Zero-width space and byte order marks arrive by copying from web pages and chat programs.
    scalar.properties.isWhitespace || [0x200B, 0x200E, 0x200F, 0xFEFF].contains(scalar.value)
  }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isWhiteSpace($0) }),
      let last = scalars.lastIndex(where: { !isWhiteSpace($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}

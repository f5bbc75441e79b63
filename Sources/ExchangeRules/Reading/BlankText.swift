extension Character {
  /// Whether nothing readable is written: spaces, the full-width space U+3000, line ends, and the
  /// marks without width that a spreadsheet leaves behind.
  var isBlank: Bool {
    isWhitespace || self == "\u{200B}" || self == "\u{FEFF}"
  }
}

extension StringProtocol {
  /// Whether nothing readable is written.
  ///
  /// Offices fill mandatory remarks with spaces to get past a check (S6.3).
  public var isBlank: Bool {
    allSatisfy(\.isBlank)
  }

  /// The text without what is blank at its ends.
  public var trimmingBlanks: String {
    guard let first = firstIndex(where: { !$0.isBlank }),
      let last = lastIndex(where: { !$0.isBlank })
    else { return "" }
    return String(self[first...last])
  }
}

extension StringProtocol {
  /// Whether nothing readable is written: spaces, the full-width space U+3000 and line ends do not
  /// count. Offices fill mandatory remarks with spaces to get past a check (S6.3).
  public var isBlank: Bool {
    allSatisfy { $0.isWhitespace || $0 == "\u{200B}" || $0 == "\u{FEFF}" }
  }
}

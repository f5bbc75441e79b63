extension StringProtocol {
  /// Whether nothing readable is written: see ``WrittenText/isBlank(_:)``.
  ///
  /// Offices fill mandatory remarks with spaces to get past a check (S6.3).
  public var isBlank: Bool { WrittenText.isBlank(self) }

  /// Whether a text that has to say something says nothing: see ``WrittenText/saysNothing(_:)``.
  public var saysNothing: Bool { WrittenText.saysNothing(self) }

  /// The text without what is blank at its ends.
  public var trimmingBlanks: String { WrittenText.trimmed(self) }
}

extension CitizenIDReport {
  /// The form in which two spellings of one number are equal: 18 characters where it can be read,
  /// the upgrade for a legacy number, else the characters that were written in ASCII and upper case.
  public static func normalizing(_ text: some StringProtocol) -> String {
    read(text) { $0.isReadable ? $0.text : $1.reading }
  }

  /// The number as it is written on a card: as `normalizing`, but a legacy number keeps its 15
  /// digits.
  ///
  /// Whether the two are one person is for a review (S12.3).
  public static func spelling(_ text: some StringProtocol) -> String {
    read(text) { $1.reading }
  }

  /// All forms under which somebody may be kept: the spelling, its upgrade, and the legacy form that
  /// the number had.
  public static func spellings(_ text: some StringProtocol) -> [String] {
    let (spelling, whole) = (spelling(text), normalizing(text))
    let legacy = CitizenID(whole)?.legacyDigits
    var found = [spelling]
    for other in [whole, legacy] {
      if let other, !found.contains(other) { found.append(other) }
    }
    return found
  }

  private static func read(
    _ text: some StringProtocol, _ form: (CitizenIDScan, CitizenIDCharacters) -> String
  ) -> String {
    var text = String(text)
    return text.withUTF8 { buffer in
      let written = CitizenIDCharacters(utf8: buffer.span)
      return form(CitizenIDScan(written, today: nil), written)
    }
  }
}

/// The reading of a telephone number, which an office copies from a form: several numbers, an
/// extension and whose it is may stand in one cell.
public enum WrittenTelephone {
  /// The number in half width, its dashes one sign; empty where a word says that there is none (无).
  ///
  /// - Throws: ``ReadingReason/scientificNotation`` where a spreadsheet has lost its last digits,
  ///   ``ReadingReason/notATelephone`` where there is nothing to dial.
  public static func read(_ written: String) throws(ReadingRefusal) -> Reading<String> {
    let text = WrittenText.read(written)
    if text.value.isEmpty { return text }
    let number = try WrittenCode.number(written)
    if WrittenCode.isDigits(number.value) { return try dialled(number) }
    if WrittenText.saysNothing(text.value) { return text.then("", adding: .nothing) }
    var changes = text.changes
    let scalars = text.value.unicodeScalars.map { scalar -> Unicode.Scalar in
      if WrittenScalar.isDash(scalar) {
        if scalar != "-" { changes.insert(.width) }
        return "-"
      }
      guard let narrow = WrittenScalar.narrow(scalar) else { return scalar }
      changes.insert(.width)
      return narrow
    }
    return try dialled(Reading(WrittenText.string(scalars), changes: changes))
  }

  /// Three digits are the shortest number that there is, such as 110.
  private static func dialled(_ reading: Reading<String>) throws(ReadingRefusal) -> Reading<String>
  {
    guard reading.value.utf8.count(where: { (0x30...0x39).contains($0) }) >= 3 else {
      throw ReadingRefusal(.notATelephone)
    }
    return reading
  }
}

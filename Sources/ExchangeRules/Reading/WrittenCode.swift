/// The reading of numbers, codes and dates: half width, no blank inside.
public enum WrittenCode {
  /// The characters of a code: as ``WrittenText/read(_:)``, and full width made half width, and no
  /// white space inside.
  public static func read(_ written: String) -> Reading<String> {
    if WrittenText.isPlainCode(written) { return Reading(written) }
    let text = WrittenText.read(written)
    var changes = text.changes
    var scalars: [Unicode.Scalar] = []
    for scalar in text.value.unicodeScalars {
      if WrittenScalar.isBlank(scalar) {
        changes.insert(WrittenScalar.isSpace(scalar) ? .blanks : .invisible)
      } else if let narrow = WrittenScalar.narrow(scalar) {
        changes.insert(.width)
        scalars.append(narrow)
      } else {
        scalars.append(scalar)
      }
    }
    // The armour may have been typed in full width.
    if scalars.first == "'" {
      changes.insert(.armour)
      scalars.removeFirst()
    }
    return Reading(WrittenText.string(scalars), changes: changes)
  }

  /// A long number that a spreadsheet has not spoiled: `441702105201.0` and `4.41702105201E+11`,
  /// where no digit is lost, are 441702105201.
  ///
  /// - Throws: ``ReadingReason/scientificNotation`` where the digits behind are lost.
  public static func number(_ written: String) throws(ReadingRefusal) -> Reading<String> {
    let code = read(written)
    if isDigits(code.value) { return code }
    if let whole = wholeNumber(code.value) { return code.then(whole, adding: .wholeNumber) }
    if isScientific(code.value) { throw ReadingRefusal(.scientificNotation) }
    return code
  }

  /// Whether the text is a number in the exponential form that a spreadsheet shows for long
  /// numbers, such as `4.41702E+17`.
  public static func isScientific(_ text: String) -> Bool {
    exponential(text) != nil
  }

  /// Whether the text is made of ASCII digits only, and of at least one.
  public static func isDigits(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// The mantissa's digits before and behind the point, and the exponent.
  private static func exponential(_ text: String) -> (whole: String, part: String, by: Int)? {
    guard text.utf8.contains(where: { $0 | 0x20 == 0x65 }) else { return nil }
    let parts = text.uppercased().split(separator: "E", omittingEmptySubsequences: false)
    guard parts.count == 2, let mantissa = parts.first, let exponent = parts.last else {
      return nil
    }
    let digits = exponent.hasPrefix("+") ? exponent.dropFirst() : exponent
    let pieces = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    guard pieces.count <= 2, pieces.allSatisfy(isDigits), isDigits(digits),
      digits.utf8.count <= 3, let by = Int(digits)
    else { return nil }
    return (String(pieces[0]), pieces.count == 2 ? String(pieces[1]) : "", by)
  }

  /// The digits of a whole number in another form; nil where it is in no other form, or digits are
  /// lost.
  ///
  /// A double keeps 15 digits, so a longer one behind which `.0` stands is not the number typed.
  private static func wholeNumber(_ text: String) -> String? {
    if let (whole, part, by) = exponential(text) {
      return whole.utf8.count == 1 && part.utf8.count == by && by < 15 ? whole + part : nil
    }
    let pieces = text.split(separator: ".", omittingEmptySubsequences: false)
    guard pieces.count == 2, isDigits(pieces[0]), pieces[0].utf8.count <= 15,
      isDigits(pieces[1]), pieces[1].allSatisfy({ $0 == "0" })
    else { return nil }
    return String(pieces[0])
  }
}

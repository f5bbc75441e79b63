/// A citizen ID number whose shape, date and check digit are right, in its 18-character form.
///
/// Whether its region ever existed is for `CitizenIDReport`, which knows the divisions.
public struct CitizenID: Hashable, Sendable, CustomStringConvertible {
  /// The 18 characters, upper-case.
  public let digits: String
  /// From digits 7 to 14.
  public let birthDate: CivilDate
  /// From digit 17: odd is male.
  public let sex: Sex
  /// The first six digits: where the number was first given out.
  public let regionCode: Int

  /// A number as it is written (full-width and lower-case forms too, 15 digits too), or nil when
  /// something is wrong with it.
  ///
  /// A birth date after `today` is wrong.
  public init?(_ text: some StringProtocol, today: CivilDate? = nil) {
    var text = String(text)
    let scan = text.withUTF8 { buffer in
      CitizenIDScan(CitizenIDCharacters(utf8: buffer.span), today: today)
    }
    guard scan.isReadable, !scan.hasCheckDigitProblem, !scan.hasSerialProblem,
      let birthDate = scan.birthDate
    else {
      return nil
    }
    digits = scan.text
    self.birthDate = birthDate
    sex = scan.sex
    regionCode = scan.region
  }

  /// The 15 digits of the legacy form; nil for somebody not born in the 20th century.
  public var legacyDigits: String? {
    guard birthDate.year / 100 == 19 else { return nil }
    return String(digits.prefix(6) + digits.dropFirst(8).prefix(9))
  }

  /// Masked (G3): a number does not end up in a log by being printed.
  public var description: String { Masking.citizenID(digits) }
}

extension CitizenIDScan {
  /// The 18 characters as text.
  var text: String {
    String(unsafeUninitializedCapacity: 18) { buffer in
      for index in 0..<18 { buffer[index] = characters[index] }
      return 18
    }
  }
}

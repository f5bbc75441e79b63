/// All that can be said about a number as it was typed: what `xiecha check-id` answers.
public struct CitizenIDReport: Hashable, Sendable {
  /// As typed.
  public let value: String
  /// The 18-character form, of a legacy number its upgrade; the typed characters in ASCII and
  /// upper case when length or format is wrong.
  public let normalized: String
  /// Nil when it cannot be read.
  public let birthDate: CivilDate?
  /// Unknown when it cannot be read.
  public let sex: Sex
  /// The first six digits; nil when they cannot be read.
  public let regionCode: Int?
  /// The name of the division, as it was called at the birth date or next after it; nil when it
  /// never existed since 1981.
  public let region: String?
  /// All that is wrong, in the order of `CitizenIDProblem`.
  ///
  /// A length or format problem leaves nothing to read, so nothing else is listed with it.
  public let problems: [CitizenIDProblem]

  /// Valid means: no problem.
  public var isValid: Bool { problems.isEmpty }

  /// Checks a number.
  ///
  /// A birth date after `today` is a problem; without it, no date is too late.
  public init(checking text: String, register: DivisionRegister, today: CivilDate?) {
    var text = text
    self = text.withUTF8 { buffer in
      CitizenIDReport(checking: buffer.span, register: register, today: today)
    }
  }

  /// Checks a number given as UTF-8.
  public init(checking bytes: Span<UInt8>, register: DivisionRegister, today: CivilDate?) {
    let scan = CitizenIDScan(CitizenIDCharacters(utf8: bytes, keepsText: false), today: today)
    var problems: [CitizenIDProblem] = []
    if scan.hasLengthProblem { problems.append(.length) }
    if scan.hasFormatProblem { problems.append(.format) }
    value = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    guard scan.isReadable else {
      self.problems = problems
      let typed = CitizenIDCharacters(utf8: bytes, keepsText: true)
      normalized = String(decoding: typed.text, as: UTF8.self)
      (birthDate, sex, regionCode, region) = (nil, .unknown, nil, nil)
      return
    }
    if scan.hasDateProblem { problems.append(.date) }
    if scan.hasCheckDigitProblem { problems.append(.checkDigit) }
    let name = register.regionName(sixDigits: scan.region, around: scan.birthDate)
    if name == nil { problems.append(.region) }
    self.problems = problems
    normalized = scan.text
    birthDate = scan.birthDate
    sex = scan.sex
    regionCode = scan.region
    region = name
  }
}

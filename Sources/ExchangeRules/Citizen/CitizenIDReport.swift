/// All that can be said about a number as it was typed: what `xiecha check-id` answers.
public struct CitizenIDReport: Hashable, Sendable {
  /// As typed.
  public let value: String
  /// The 18-character form, of a legacy number its upgrade; the characters as they are read when
  /// length or format is wrong.
  public let normalized: String
  /// Nil when it cannot be read.
  public let birthDate: CivilDate?
  /// Unknown when it cannot be read.
  public let sex: Sex
  /// The first six digits; nil when they cannot be read.
  public let regionCode: Int?
  /// The name of the division, as it was called at the birth date or next after it; nil when no
  /// number was given out under its code.
  public let region: String?
  /// All that is wrong, in the order of `CitizenIDProblem`.
  ///
  /// A length or format problem leaves nothing to read, so nothing else is listed with it.
  public let problems: [CitizenIDProblem]

  /// What the characters were changed in to be read.
  public let changes: ReadingChanges
  /// The document whose number it is; nil for nothing that is known.
  public let document: IdentityDocument?

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
    let written = CitizenIDCharacters(utf8: bytes)
    let scan = CitizenIDScan(written, today: today)
    var problems: [CitizenIDProblem] = []
    if scan.hasLengthProblem { problems.append(.length) }
    if scan.hasFormatProblem { problems.append(.format) }
    value = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    guard scan.isReadable else {
      normalized = written.reading
      changes = written.changes
      document = IdentityDocument(normalized)
      self.problems = document == nil ? problems : problems + [.otherDocument]
      (birthDate, sex, regionCode, region) = (nil, .unknown, nil, nil)
      return
    }
    if scan.hasDateProblem { problems.append(.date) }
    if scan.hasCheckDigitProblem { problems.append(.checkDigit) }
    let name = register.regionName(sixDigits: scan.region, around: scan.birthDate)
    document =
      problems.isEmpty
      ? IdentityDocument(
        scan: scan, isDivision: name != nil,
        hasProvince: register.everExisted(provinceOfResidence: scan.region)) : nil
    if name == nil { problems.append(document == nil ? .region : .otherDocument) }
    if scan.hasSerialProblem { problems.append(.serial) }
    self.problems = problems
    normalized = scan.text
    changes = scan.isLegacy ? written.changes.union(.upgraded) : written.changes
    birthDate = scan.birthDate
    sex = scan.sex
    regionCode = scan.region
    region = name
  }
}

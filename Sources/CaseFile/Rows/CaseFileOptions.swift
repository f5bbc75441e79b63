public import ExchangeRules

/// What the rows of a case file are judged by.
public struct CaseFileOptions: Sendable {
  /// The division that enters the rows: one of the two addresses lies in it.
  public var enteringDivision: DivisionCode
  /// The day on which age and dates are judged (S1.1), China Standard Time.
  public var day: CivilDate
  /// The divisions that exist.
  public var register: DivisionRegister
  /// Whether the operator's role may keep a doubtful citizen ID number with a reason.
  public var mayKeepDoubtfulNumbers: Bool
  /// The codes that the records' fields may have.
  public var tables: CodeTables

  /// Options for an import.
  public init(
    enteringDivision: DivisionCode, day: CivilDate, register: DivisionRegister,
    tables: CodeTables, mayKeepDoubtfulNumbers: Bool = false
  ) {
    self.enteringDivision = enteringDivision
    self.day = day
    self.register = register
    self.mayKeepDoubtfulNumbers = mayKeepDoubtfulNumbers
    self.tables = tables
  }
}

public import ExchangeRules

/// An address of a case.
public struct CaseAddress: Sendable, Hashable {
  /// The division: county, township or village.
  public var code: DivisionCode
  /// Road, number and room, as written.
  public var text: String

  /// An address.
  public init(code: DivisionCode, text: String) {
    self.code = code
    self.text = text
  }
}

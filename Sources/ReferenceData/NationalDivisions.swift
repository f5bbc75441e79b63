public import ExchangeRules

extension DivisionRegister {
  /// The divisions of province, prefecture and county since 1981, and the townships of 2023.
  public static let national = DivisionRegister(
    history: DivisionsText.text, townships: TownshipsText.text,
    issuing: NumberRegionsText.text)
}

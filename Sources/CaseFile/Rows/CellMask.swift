import ExchangeRules

/// Masks the value of a cell for lists and errors where it tells who a person is (G3).
enum CellMask {
  /// Characters of an address that are shown: which place it is in, not which house.
  private static let addressCharacters = 6
  /// Characters of any other value that are shown.
  private static let otherCharacters = 24

  /// The value of a field as an error may show it.
  ///
  /// Free text is left out: it can name anybody.
  static func value(_ value: String, of field: CaseField?) -> String {
    switch field {
    case .name: Masking.name(value)
    case .citizenID: Masking.citizenID(value)
    case .telephone: Masking.telephone(value)
    case .residenceText, .householdText: beginning(of: value, addressCharacters)
    case .remark, .question, .noCitizenIDReason: value.isEmpty ? "" : "…"
    default: beginning(of: value, otherCharacters)
    }
  }

  private static func beginning(of text: String, _ count: Int) -> String {
    text.count <= count ? text : text.prefix(count) + "…"
  }
}

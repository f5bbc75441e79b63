/// S12.2: the register is compared with the collection card (采集卡), field by field.
public enum CardComparison {
  /// A field that the two have differently; blanks at the ends and the spelling of a name (dots,
  /// spaces) or a number (full width, 15 digits) are no difference.
  public struct Difference: Hashable, Sendable {
    /// Which.
    public let field: PersonField
    /// As the register has it.
    public let registered: String
    /// As the card has it.
    public let onCard: String
  }

  /// The differences, in the source's order.
  public static func differences(register: PersonFacts, card: PersonFacts) -> [Difference] {
    PersonField.allCases.compactMap { field in
      guard field != .citizenIDReason else { return nil }
      let registered = comparable(register[field], field)
      let onCard = comparable(card[field], field)
      guard registered != onCard else { return nil }
      return Difference(field: field, registered: register[field], onCard: card[field])
    }
  }

  private static func comparable(_ text: String, _ field: PersonField) -> String {
    let words = WrittenText.read(text).value
    switch field {
    case .name: return WrittenName.key(text)
    case .citizenID: return CitizenIDReport.normalizing(text)
    case .residenceCode, .householdCode:
      return (try? WrittenDivision.read(text))?.value.description ?? words
    default: return words
    }
  }
}

/// S12.3: a subject without a citizen ID number: a case of its own kind, listed for review.
public struct NumberlessPerson: Hashable, Sendable {
  /// Who.
  public let key: String
  /// Whether a placeholder stands where the number should be.
  public let hasPlaceholder: Bool
  /// Whether it is said why there is no number.
  public let hasReason: Bool

  /// The persons without a number, in the order given.
  public static func list(among persons: [PersonFacts]) -> [NumberlessPerson] {
    persons.compactMap { person in
      let number = CitizenIDReport.normalizing(person.citizenID)
      let hasPlaceholder = DoubtfulNumber.isPlaceholder(number)
      guard number.isEmpty || hasPlaceholder || IdentityDocument.isOther(number) else {
        return nil
      }
      return NumberlessPerson(
        key: person.key, hasPlaceholder: hasPlaceholder,
        hasReason: !person.citizenIDReason.saysNothing)
    }
  }
}

internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// Under which key the register keeps a person (S12.3).
///
/// The key is her number as written. A second person under the same number, by name or birth date,
/// gets a key of her own (`…~2`) until a review says that the two are one: a misprinted number must
/// not mix two women's records. Who has no number is a person of her own for each item.
enum PersonLookup {
  /// More persons than that under one number are a placeholder's, and no review would read them.
  static let personsPerNumber = 20

  /// The key, and what is kept under it; nil where she is not registered here.
  static func find(
    _ subject: Subject, of item: LedgerID, in ledger: LedgerReader
  ) throws -> (key: String, card: RecordVersion?) {
    let number = subject.citizenId.trimmingBlanks
    let base = number.isEmpty ? "item:\(item.hex)" : number
    var key = base
    for place in 1...personsPerNumber {
      key = place == 1 ? base : "\(base)~\(place)"
      guard let card = try ledger.card(under: key) else { return (key, nil) }
      if isSame(try Subject(decoding: card.body), subject) { return (key, card) }
    }
    return (key, try ledger.card(under: key))
  }

  private static func isSame(_ one: Subject, _ other: Subject) -> Bool {
    let hasSameBirth =
      one.birthDate == other.birthDate || one.birthDate == 0 || other.birthDate == 0
    return one.name.trimmingBlanks == other.name.trimmingBlanks && hasSameBirth
  }
}

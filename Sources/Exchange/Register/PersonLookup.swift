internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// Under which key the register keeps a person (S12.3).
///
/// The key is her number as it is read (``CitizenIDReport/spelling(_:)``): an `x`, a blank or full
/// width is no other person, while a card of 15 digits is one until a review says otherwise. A second person under the same number, by name or birth date,
/// gets a key of her own (`…~2`) until a review says that the two are one: a misprinted number must
/// not mix two women's records. Who has no number is a person of her own for each item.
package enum PersonLookup {
  /// More persons than that under one number are a placeholder's, and no review would read them.
  static let personsPerNumber = 20

  /// The key, and what is kept under it; nil where she is not registered here.
  static func find(
    _ subject: Subject, of item: LedgerID, in ledger: LedgerReader
  ) throws -> (key: String, card: RecordVersion?) {
    let number = CitizenIDReport.spelling(subject.citizenId)
    let written = subject.citizenId.trimmingBlanks
    if written != number, let known = try match(subject, under: written, in: ledger) {
      return known
    }
    var key = ""
    for next in keysSharing(number.isEmpty ? "item:\(item.hex)" : number) {
      key = next
      guard let card = try ledger.card(under: key) else { return (key, nil) }
      if isSame(try Subject(decoding: card.body), subject) { return (key, card) }
    }
    return (key, try ledger.card(under: key))
  }

  /// All keys under which readings of somebody's records can stand: of each spelling of her number,
  /// and of each person that shares it.
  static func keys(ofNumber number: String) -> [String] {
    spellings(ofNumber: number).flatMap(keysSharing)
  }

  /// Every way in which a number may have been kept, each once.
  static func spellings(ofNumber number: String) -> [String] {
    let written = number.trimmingBlanks
    let spellings = CitizenIDReport.spellings(number) + [written, written.lowercased()]
    var seen: Set<String> = []
    return spellings.filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  /// The number that a key is of; empty: of a person without one.
  package static func number(ofKey key: String) -> String {
    let number = key.prefix { $0 != "~" && $0 != ":" }
    return number == "item" ? "" : String(number)
  }

  /// The keys of those that share a number, in the order in which they were given.
  private static func keysSharing(_ base: String) -> some Sequence<String> {
    (1...personsPerNumber).lazy.map { $0 == 1 ? base : "\(base)~\($0)" }
  }

  /// Her card under a number as it was written, from before numbers were read in one way.
  private static func match(
    _ subject: Subject, under written: String, in ledger: LedgerReader
  ) throws -> (key: String, card: RecordVersion?)? {
    for key in keysSharing(written) {
      guard let card = try ledger.card(under: key) else { return nil }
      if isSame(try Subject(decoding: card.body), subject) { return (key, card) }
    }
    return nil
  }

  private static func isSame(_ one: Subject, _ other: Subject) -> Bool {
    let hasSameBirth =
      one.birthDate == other.birthDate || one.birthDate == 0 || other.birthDate == 0
    return WrittenName.key(one.name) == WrittenName.key(other.name) && hasSameBirth
  }
}

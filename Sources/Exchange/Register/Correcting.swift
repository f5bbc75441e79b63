internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// What a county has granted to a person is put right in the register (PIPL 46): the fields that its
/// side manages, as a version of her card.
struct Correcting {
  let ledger: LedgerTransaction

  /// - Parameters:
  ///   - decision: What was decided.
  ///   - event: The event that decides.
  ///   - entered: The item as its author wrote it.
  /// - Throws: What is wrong with the ledger.
  func correct(
    by decision: RightDecision, _ event: StoredEvent, _ entered: Item
  ) throws {
    guard decision.granted, let subject = entered.subject,
      let asked = try ledger.events(of: event.item).first(where: {
        $0.digest.bytes == decision.request
      }),
      let request = try asked.request(), request.right == .correction,
      let card = try PersonLookup.find(subject, of: event.item, in: ledger).card
    else { return }
    let before = try Subject(decoding: card.body)
    var facts = before
    for correction in request.corrections {
      guard let field = SubjectField(rawValue: correction.field),
        before.isManaged(field.side, by: event.actor.division)
      else { continue }
      _ = facts.write(correction.value, to: field)
    }
    var next = card
    next.at = event.at
    next.actor = event.actor
    next.sourceItem = event.item
    next.note = VersionNote.corrected.rawValue
    next.body = facts.encoded()
    _ = try ledger.keep(next)
  }
}

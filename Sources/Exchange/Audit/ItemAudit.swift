internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// Whether an item's columns are what its events make of it.
struct ItemAudit {
  let folding: EventFolding

  /// The columns that are not.
  func differences(of item: StoredItem, in ledger: LedgerReader) throws -> [String] {
    let dossier = ItemDossier(item.id, in: ledger)
    guard let last = try dossier.events().last, let entry = try dossier.entered(),
      let kind = entry.item.kind, let category = entry.item.category
    else { return ["entered"] }
    // Without heads the whole history is folded, from the entry on.
    let entered = try StoredItem(
      entering: entry.item, of: item.id, kind, category, at: folding.identity)
    let event = DetailedEvent(last, try last.message().detail)
    var expected = try folding.fold(event, into: entered, dossier).item
    expected.times.entered = entry.event.at
    // What somebody has looked at is not in the events.
    expected.withoutEffect = item.withoutEffect
    // From before they were kept.
    if item.heads.isEmpty { expected.heads = [] }
    if item.askedAt.isEmpty { expected.askedAt = "" }
    if try isMoved(item, in: ledger) { expected.due = item.due }
    return item.differences(from: expected)
  }

  /// Whether an item's date may be another than the calendar says now: it was moved, or waits for
  /// nothing, so that a new calendar has not moved it (S4.5).
  private func isMoved(_ item: StoredItem, in ledger: LedgerReader) throws -> Bool {
    try item.need == .nothing || ledger.dueChanges(of: item.id).last?.new == item.due
  }
}

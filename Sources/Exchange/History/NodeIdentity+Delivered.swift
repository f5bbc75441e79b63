internal import ExchangeRules
internal import Ledger

extension NodeIdentity {
  /// That an item which was passed on is on this county's disk.
  func delivered(_ item: LedgerID, now: Int64) -> DetailedEvent {
    DetailedEvent(
      StoredEvent(
        id: LedgerID(version7At: now), item: item, kind: .delivered, at: now, actor: actor), nil)
  }
}

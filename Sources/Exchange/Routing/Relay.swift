internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// What a province does with an item that was submitted: passes it on, or says why it cannot (S2.3).
struct Relay {
  let identity: NodeIdentity
  let distribution: Distribution

  /// The event that follows: `relayed`; `refused` where the way leads back; none while no node is
  /// registered that answers for the division, or where the item was taken back.
  func next(after event: StoredEvent, _ item: StoredItem, origin: String, now: Int64)
    -> DetailedEvent?
  {
    // Only what comes from the asking side is passed on: by the county that submits, or by the
    // province that has passed it on so far.
    guard item.state != .withdrawn, origin == distribution.neighbour(towards: item.from),
      (event.kind == .relayed) == (DivisionCode(origin)?.level == .province)
    else { return nil }
    // Nobody answers for the division yet: the item waits here, and goes on when its node comes.
    guard let next = distribution.neighbour(towards: item.to) else { return nil }
    guard next != origin else {
      return refusal(
        after: event, now: now, reason: "loop", "the way to \(item.to) leads back to \(origin)")
    }
    return relayed(event.item, now: now)
  }

  /// The event that passes an item on.
  func relayed(_ item: LedgerID, now: Int64) -> DetailedEvent {
    DetailedEvent(
      StoredEvent(
        id: LedgerID(version7At: now), item: item, kind: .relayed, at: now,
        actor: identity.actor), nil)
  }

  private func refusal(
    after event: StoredEvent, now: Int64, reason: String, _ text: String
  ) -> DetailedEvent {
    var refusal = Refusal()
    refusal.reason = reason
    refusal.field = "item.to"
    refusal.text = text
    return DetailedEvent(
      StoredEvent(
        id: LedgerID(version7At: now), item: event.item, kind: .refused, at: now,
        actor: identity.actor, body: refusal.encoded()), .refused(refusal))
  }
}

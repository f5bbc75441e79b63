internal import ExchangeRules
internal import Ledger
internal import Wire

/// Which way an event may come to this node: from a neighbour that stands on the item's way; one that
/// nobody has sealed, from its side's neighbour alone.
///
/// Whether its actor may bring it about is not asked here but of the item's history (``ItemHistory``).
struct EventWay {
  let identity: NodeIdentity
  let distribution: Distribution

  /// Refuses an event that cannot be of this item, or has not come its way.
  ///
  /// - Parameters:
  ///   - event: What is to be written.
  ///   - item: The item as it stands.
  ///   - peer: The neighbour that tells of it.
  /// - Throws: `wrong-division`, `time-out-of-range`.
  func check(
    _ event: StoredEvent, on item: StoredItem, from peer: DivisionCode
  ) throws(CallFailure) {
    guard let actor = DivisionCode(event.actor.division), distribution.isOnTheWay(peer, of: item),
      canEverAct(event, on: item), !event.seal.isEmpty || isTold(event, of: item, by: peer, actor)
    else {
      throw CallFailure(
        .permissionDenied, .wrongDivision, field: "event.actor.division",
        "\(peer) may not tell of \(event.kind) for this item")
    }
    guard event.at > 0 else {
      throw CallFailure(
        .invalidArgument, .timeOutOfRange, field: "event.at",
        "the event has no time; \(peer) says when it happened")
    }
  }

  /// Without a seal only the way tells whose an event is: its side's neighbour tells it.
  private func isTold(
    _ event: StoredEvent, of item: StoredItem, by peer: DivisionCode, _ actor: DivisionCode
  ) -> Bool {
    guard distribution.isOnTheWay(peer, of: item, event.kind.rule.side) else { return false }
    if !distribution.uplinks.contains(peer) { return peer.contains(actor) }
    return identity.kind == .township || !identity.division.contains(actor)
  }

  /// Whether the actor's side is the one that brings such events about: what it never does is forged.
  private func canEverAct(_ event: StoredEvent, on item: StoredItem) -> Bool {
    let given = ItemStanding(state: item.state, assignedTo: event.actor.division)
    return ItemLife.mayAct(
      event.kind, division: event.actor.division, as: given, between: item.parties)
  }
}

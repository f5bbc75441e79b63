internal import Credentials
internal import ExchangeRules
internal import Ledger
internal import Wire

/// Which way an event may come to this node: a neighbour tells what its own side does, and only of an
/// item on whose way it stands.
///
/// Whether its actor may bring it about is not asked here but of the item's history (``ItemHistory``).
struct EventWay {
  let identity: NodeIdentity
  let distribution: Distribution

  /// Refuses an event that has come another way than its side's events come.
  ///
  /// - Parameters:
  ///   - event: What is to be written.
  ///   - item: The item as it stands.
  ///   - peer: The neighbour that tells of it.
  ///   - seal: By what this node knows its own events.
  /// - Throws: `wrong-division`, or what is wrong with the ledger.
  func check(
    _ event: StoredEvent, on item: StoredItem, from peer: DivisionCode,
    seal: () throws -> NodeSeal
  ) throws {
    guard let actor = DivisionCode(event.actor.division),
      distribution.isOnTheWay(peer, of: item, event.kind.rule.side),
      try distribution.uplinks.contains(peer)
        ? !identity.division.contains(actor) || hasWritten(event, try seal())
        : peer.contains(actor)
          || event.actor.division == "\(identity.division)" && hasWritten(event, try seal()),
      canEverAct(event, on: item)
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

  /// Whether the actor's side is the one that brings such events about: what it never does is forged.
  private func canEverAct(_ event: StoredEvent, on item: StoredItem) -> Bool {
    let given = ItemStanding(state: item.state, assignedTo: event.actor.division)
    return ItemLife.mayAct(
      event.kind, division: event.actor.division, as: given, between: item.parties)
  }

  /// Whether an event of this node's own division that comes back from above is this side's: a
  /// store that was put back from a backup gets what it has lost.
  ///
  /// A township's node is told by its county what its operators did there. Of what was before this
  /// store, nobody else knows.
  private func hasWritten(_ event: StoredEvent, _ seal: NodeSeal) -> Bool {
    identity.kind == .township || seal.isOwn(event.seal, on: event.digest.bytes)
      || event.at <= seal.since
  }
}

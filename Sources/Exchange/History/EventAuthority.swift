internal import ExchangeRules
internal import Ledger
internal import Wire

/// Who may bring which event about, of which item: asked here and nowhere else, for what an operator
/// does as for what a neighbour tells.
///
/// What this node refuses its own operator is what the next node would refuse: an act that is taken
/// here and by nobody after is lost.
struct EventAuthority {
  let identity: NodeIdentity
  let distribution: Distribution

  /// How far a neighbour's clock may be ahead, in milliseconds: an hour.
  static let clockToleranceMilliseconds: Int64 = 3_600_000

  /// Refuses an event whose actor may not bring it about, and one that came another way than its
  /// side's events come.
  ///
  /// - Parameters:
  ///   - event: What is to be written.
  ///   - item: The item as it stands.
  ///   - origin: Where the event comes from.
  ///   - now: Milliseconds since 1970.
  /// - Throws: `wrong-division`, or `time-out-of-range` for a neighbour whose clock is ahead.
  func check(
    _ event: StoredEvent, on item: StoredItem, from origin: EventOrigin, now: Int64
  ) throws(CallFailure) {
    let isActorsTurn = Self.mayAct(event.kind, division: event.actor.division, on: item)
    switch origin {
    case .here:
      guard isActorsTurn, isOwn(event.actor.division) else {
        throw notTheActors(event.kind, event.actor.division, item)
      }
    case .neighbour(let peer):
      guard isActorsTurn, hasComeItsWay(event, item, from: peer) else {
        throw CallFailure(
          .permissionDenied, .wrongDivision, field: "event.actor.division",
          "\(peer) may not tell of \(event.kind) for this item")
      }
      guard event.at > 0, event.at <= now + Self.clockToleranceMilliseconds else {
        throw CallFailure(
          .invalidArgument, .timeOutOfRange, field: "event.at",
          "the event is of a time that has not come; set the clock of \(peer)")
      }
    }
  }

  /// Whether an event of an item is an actor's of this division to bring about: each side acts for
  /// itself, and for nobody else.
  static func mayAct(_ kind: EventKind, division text: String, on item: StoredItem) -> Bool {
    guard let division = DivisionCode(text) else { return false }
    func isWithin(_ outer: String) -> Bool {
      DivisionCode(outer)?.contains(division) ?? false
    }
    switch kind.rule.side {
    case .author: return isWithin(item.from)
    case .asking: return text == item.from
    case .relay: return division.level == .province
    case .asked: return text == item.to
    case .answering:
      guard isWithin(item.to) else { return false }
      if text == item.to { return true }
      // Given to a village, the item is still its township's to answer for (S2.2).
      return isWithin(item.assignedTo)
        || DivisionCode(item.assignedTo).map(division.contains) == true
    }
  }

  /// A node writes what happens in its own division, and nothing for others.
  private func isOwn(_ division: String) -> Bool {
    DivisionCode(division).map(identity.division.contains) ?? false
  }

  /// A neighbour tells what its own side does, and only of an item on whose way it stands.
  private func hasComeItsWay(
    _ event: StoredEvent, _ item: StoredItem, from peer: DivisionCode
  ) -> Bool {
    guard let actor = DivisionCode(event.actor.division),
      distribution.isOnTheWay(peer, of: item, event.kind.rule.side)
    else { return false }
    return distribution.uplinks.contains(peer)
      ? !identity.division.contains(actor) || identity.kind == .township : peer.contains(actor)
  }

  private func notTheActors(
    _ kind: EventKind, _ actor: String, _ item: StoredItem
  ) -> CallFailure {
    let county = kind.rule.side == .asking ? item.from : kind.rule.side == .asked ? item.to : ""
    let isBelow = DivisionCode(county).map { county in
      DivisionCode(actor).map(county.contains) ?? false
    }
    return CallFailure(
      .permissionDenied, .wrongDivision, field: "id",
      isBelow == true
        ? "\(kind.label.chinese)由县（市、区）办理 (S2.1) / \(kind.word) is the county's own step (S2.1)"
        : "这一步由另一方办理 / this step is the other side's")
  }
}

internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

extension EventBook {
  /// What a township knew of an item that was given to it and then to another: all up to the event that
  /// gave it away, and what the township itself has done since.
  ///
  /// A store that was put back from before then would go on working on what is not its own any more.
  ///
  /// - Returns: The events, in the order in which they were taken here; empty: the item was never the
  ///   township's, or is so still.
  func past(
    of item: StoredItem, at peer: DivisionCode, in ledger: LedgerReader
  ) throws -> [LedgerID] {
    guard identity.kind == .county, item.to == "\(identity.division)",
      identity.division.contains(peer), !distribution.concerns(peer, item)
    else { return [] }
    let events = try ledger.events(of: item.id)
    let given = try events.indices.filter { events[$0].kind == .assigned }.map { index in
      (index: index, isPeers: peer.contains(try place(givenBy: events[index])))
    }
    guard let last = given.lastIndex(where: \.isPeers) else { return [] }
    let end = last + 1 < given.count ? given[last + 1].index : events.count - 1
    return events.enumerated().filter { index, event in
      index <= end || peer.contains(DivisionCode(event.actor.division))
    }.map(\.element.id)
  }

  private func place(givenBy event: StoredEvent) throws -> DivisionCode? {
    guard case .assigned(let place)? = try DetailedEvent(bytes: event.bytes)?.detail else {
      return nil
    }
    return DivisionCode(place)
  }
}

extension DivisionCode {
  fileprivate func contains(_ other: DivisionCode?) -> Bool { other.map(contains) ?? false }
}

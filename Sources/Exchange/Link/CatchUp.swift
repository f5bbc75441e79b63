internal import ExchangeRules
internal import Ledger
internal import Logging
internal import Synchronization

/// Tells a neighbour everything about its items, where its store has not been told yet: a node that
/// was registered after its items came, or one that has lost its store.
///
/// It goes on a page at a time, as the neighbour takes what it is told: whatever a neighbour says or
/// does, its outbox never grows by more than a page.
final class LinkCatchUp: Sendable {
  /// While more events than this wait in the outbox, no page follows.
  static let waitingEvents: UInt64 = 1024
  /// Items whose history is put into the outbox in one commit.
  static let pageItems = 64

  private let node: Node
  private let peer: DivisionCode
  private let isUnderWay = Atomic<Bool>(true)

  init(_ node: Node, _ peer: DivisionCode) {
    self.node = node
    self.peer = peer
  }

  /// Whether all that was to be told is in the outbox.
  var isDone: Bool { !isUnderWay.load(ordering: .relaxed) }

  /// The neighbour has taken something: the next page may follow.
  func acknowledged() {
    if isUnderWay.load(ordering: .relaxed) { node.signals.raise(["\(peer)"]) }
  }

  /// Puts the next page into the outbox.
  ///
  /// False: there is none, or the neighbour must take more first.
  func advance() async throws -> Bool {
    guard isUnderWay.load(ordering: .relaxed) else { return false }
    switch try await next() {
    case .nothing:
      isUnderWay.store(false, ordering: .relaxed)
      return false
    case .held: return false
    case .page(let page, let catchUp):
      let (node, peer, now) = (node, peer, node.now())
      let told = try await node.ledger.commit { ledger -> Set<String> in
        // A newer link of the same neighbour may have gone on meanwhile.
        guard try ledger.catchUp(of: "\(peer)") == catchUp else { return [] }
        return try node.book(ledger).tell(page, of: catchUp, to: peer, now: now, in: ledger)
      }
      node.signals.raise(told)
      return true
    }
  }

  private enum Next {
    case nothing
    case held
    case page(CatchUp.Page, of: CatchUp)
  }

  private func next() async throws -> Next {
    let (node, peer) = (node, peer)
    return try await node.ledger.read { ledger in
      guard let catchUp = try ledger.catchUp(of: "\(peer)") else { return .nothing }
      guard try ledger.outboxStanding(of: "\(peer)").waiting <= LinkCatchUp.waitingEvents else {
        return .held
      }
      let book = try node.book(ledger)
      let page = try ledger.page(of: catchUp, limit: LinkCatchUp.pageItems) {
        try book.isToBeTold(peer, of: $0) || !book.past(of: $0, at: peer, in: ledger).isEmpty
      }
      return .page(page, of: catchUp)
    }
  }
}

extension EventBook {
  /// Puts the whole life of each item of a page into the neighbour's outbox, and relays what waited
  /// for it.
  ///
  /// What the neighbour has already, it knows by its identity.
  fileprivate func tell(
    _ page: CatchUp.Page, of catchUp: CatchUp, to peer: DivisionCode, now: Int64,
    in ledger: LedgerTransaction
  ) throws -> Set<String> {
    var told: Set<String> = ["\(peer)"]
    for (item, place) in try ledger.itemsNow(of: page, in: catchUp) {
      guard isToBeTold(peer, of: item) else {
        let past = try past(of: item, at: peer, in: ledger)
        if past.isEmpty { continue }
        try ledger.moveCatchUp(of: "\(peer)", to: place)
        for event in past { try ledger.append(event, toOutboxOf: "\(peer)") }
        continue
      }
      try ledger.moveCatchUp(of: "\(peer)", to: place)
      if try isToBeRelayed(item, to: peer, in: ledger) {
        let relayed = Relay(identity: identity, distribution: distribution)
          .relayed(item.id, now: now)
        guard case .recorded(let more) = try record(relayed, from: .here, now: now, in: ledger)
        else { continue }
        told.formUnion(more)
      } else {
        try ledger.append(historyOf: item.id, toOutboxOf: "\(peer)")
      }
    }
    try ledger.moveCatchUp(of: "\(peer)", to: page.end)
    return told
  }

  fileprivate func isToBeTold(_ peer: DivisionCode, of item: StoredItem) -> Bool {
    guard item.removed == 0 else { return false }
    return distribution.concerns(peer, item)
      || identity.kind == .province && item.state == .submitted && leads(to: peer, item)
  }

  /// Whether an item has waited here for this neighbour: another province may have passed it on, this
  /// one has not.
  private func isToBeRelayed(
    _ item: StoredItem, to peer: DivisionCode, in ledger: LedgerReader
  ) throws -> Bool {
    guard identity.kind == .province, leads(to: peer, item) else { return false }
    switch item.state {
    case .submitted: return true
    case .relayed:
      return try !ledger.events(of: item.id).contains {
        $0.kind == .relayed && $0.actor.division == "\(identity.division)"
      }
    default: return false
    }
  }

  private func leads(to peer: DivisionCode, _ item: StoredItem) -> Bool {
    distribution.neighbour(towards: item.to) == "\(peer)"
  }
}

internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// What a person has asked for about an item, as its node sees it (PIPL, articles 46 and 47).
extension StoredItem {
  /// - Parameters:
  ///   - rights: What has effect of it.
  ///   - identity: The node: a county owes decisions, and erases what it has granted; a township what
  ///     its county has; a province what nobody keeps.
  mutating func take(_ rights: AskedRights, at identity: NodeIdentity) {
    let county = identity.division.county.map { "\($0)" } ?? ""
    toDecide = identity.kind == .county ? rights.owed(by: county) : 0
    toErase =
      identity.kind == .province ? rights.isErasedOnTheWay : rights.isErased(at: county)
  }
}

extension HistoryEvent {
  /// What an event says of a right, for the history of its item.
  static func right(_ event: DetailedEvent) -> RightStep? {
    let account = event.stored.actor.account
    switch event.detail {
    case .rightAsked(let request):
      return request.right.map { .asks($0, account: account) }
    case .rightDecided(let decision):
      return EventDigest(decision.request).map {
        .decides($0, granted: decision.granted, account: account)
      }
    default: return nil
    }
  }
}

extension StoredEvent {
  /// What it asks for; nil for events of other kinds.
  ///
  /// - Throws: `MessageRefusal` if the ledger's bytes are damaged.
  func request() throws -> RightRequest? {
    guard kind == .rightAsked, case .rightAsked(let request)? = try message().detail else {
      return nil
    }
    return request
  }

  /// What it decides; nil for events of other kinds.
  ///
  /// - Throws: `MessageRefusal` if the ledger's bytes are damaged.
  func decision() throws -> RightDecision? {
    guard kind == .rightDecided, case .rightDecided(let decision)? = try message().detail else {
      return nil
    }
    return decision
  }

  /// Whether it stays when what its item says is removed, as who asked for that and who decided does.
  ///
  /// It names nobody.
  func isKeptOnRemoval() throws -> Bool {
    if kind == .rightDecided { return true }
    return try request()?.right == .erasure
  }
}

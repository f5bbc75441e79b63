/// How an item stands after some of its events.
public struct ItemStanding: Hashable, Sendable {
  /// How far it has come.
  public var state: ItemState
  /// The township or village that it was given to last; empty: none.
  public var assignedTo: String

  /// A standing.
  public init(state: ItemState, assignedTo: String) {
    self.state = state
    self.assignedTo = assignedTo
  }

  /// What an event makes of it that counts.
  public mutating func take(_ event: HistoryEvent) {
    if let next = event.kind.rule.next { state = max(state, next) }
    if event.kind == .assigned { assignedTo = event.assignedTo }
  }
}

/// Between whom an item is exchanged, and what it asks for.
public struct ItemParties: Hashable, Sendable {
  /// The county that asks or notifies.
  public var from: String
  /// The county that is asked.
  public var to: String
  /// Whether it must be answered (S4).
  public var feedbackRequired: Bool

  /// The parties of an item.
  public init(from: String, to: String, feedbackRequired: Bool) {
    self.from = from
    self.to = to
    self.feedbackRequired = feedbackRequired
  }
}

public import ExchangeRules

/// What changes in an item's columns; nil leaves a column as it is.
public struct ItemChange: Sendable, Hashable {
  /// The item has come to this state at this time (milliseconds since 1970).
  ///
  /// Of two states the further one counts, of two times of one state the first, so that events in
  /// any order, and repeated ones, lead to the same row.
  public var reached: Reached?
  /// The township or village it is given to; empty takes it back.
  public var assignedTo: String?
  /// It was put to this node's side.
  public var inbound: Bool?
  /// It was put by this node's side.
  public var outbound: Bool?
  /// None, normal or urgent.
  public var urgency: Urgency?
  /// The day of submission, yyyymmdd.
  public var submitted: Int32?
  /// The earliest of its deadlines, yyyymmdd.
  public var due: Int32?
  /// An answer is required.
  public var feedbackRequired: Bool?
  /// The submission cycle, YYYY-MM.
  public var cycle: String?
  /// The rules it was submitted under.
  public var profile: String?
  /// Found, not found or mismatch.
  public var finding: Finding?
  /// The answer is substantiated.
  public var substantiated: Bool?

  /// A state and the time at which it was reached.
  public struct Reached: Sendable, Hashable {
    /// The state.
    public var state: ItemState
    /// Milliseconds since 1970.
    public var at: Int64

    /// A state reached at a time.
    public init(_ state: ItemState, at: Int64) {
      self.state = state
      self.at = at
    }
  }

  /// No change yet.
  public init() {}

  /// The step to a state.
  public init(_ state: ItemState, at: Int64) {
    reached = Reached(state, at: at)
  }

  /// Makes of an item what ``LedgerTransaction/update(_:_:)`` makes of its row.
  public func apply(to item: inout StoredItem) {
    if let reached {
      item.state = max(item.state, reached.state)
      if item.times[reached.state] == 0 { item.times[reached.state] = reached.at }
    }
    if let assignedTo { item.assignedTo = assignedTo }
    if let inbound { item.inbound = inbound }
    if let outbound { item.outbound = outbound }
    if let urgency { item.urgency = urgency }
    if let submitted { item.submitted = submitted }
    if let due { item.due = due }
    if let feedbackRequired { item.feedbackRequired = feedbackRequired }
    if let cycle { item.cycle = cycle }
    if let profile { item.profile = profile }
    if let finding { item.finding = finding }
    if let substantiated { item.substantiated = substantiated }
  }
}

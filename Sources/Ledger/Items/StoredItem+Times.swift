public import ExchangeRules

extension StoredItem {
  /// When the item came to its end: it was closed, refused or withdrawn; 0: it has not.
  ///
  /// Milliseconds since 1970.
  public var done: Int64 {
    switch state {
    case .closed, .refused, .withdrawn: times[state]
    default: 0
    }
  }

  /// When each state was reached first: milliseconds since 1970, 0 not yet.
  public struct Times: Hashable, Sendable {
    /// The item was written.
    public var entered: Int64 = 0
    /// The author's county sent it.
    public var submitted: Int64 = 0
    /// The province passed it on.
    public var relayed: Int64 = 0
    /// It was on the disk of the county that is asked.
    public var delivered: Int64 = 0
    /// That county took it.
    public var received: Int64 = 0
    /// It was given to a township or village.
    public var assigned: Int64 = 0
    /// It was answered.
    public var answered: Int64 = 0
    /// Its author took note of the answer.
    public var closed: Int64 = 0
    /// A node on the way could not take it.
    public var refused: Int64 = 0
    /// It was taken back by the side that asked.
    public var withdrawn: Int64 = 0

    /// No state reached yet.
    public init() {}

    /// The time of a state.
    public subscript(state: ItemState) -> Int64 {
      get {
        switch state {
        case .entered: entered
        case .submitted: submitted
        case .relayed: relayed
        case .delivered: delivered
        case .received: received
        case .assigned: assigned
        case .answered: answered
        case .closed: closed
        case .refused: refused
        case .withdrawn: withdrawn
        }
      }
      set {
        switch state {
        case .entered: entered = newValue
        case .submitted: submitted = newValue
        case .relayed: relayed = newValue
        case .delivered: delivered = newValue
        case .received: received = newValue
        case .assigned: assigned = newValue
        case .answered: answered = newValue
        case .closed: closed = newValue
        case .refused: refused = newValue
        case .withdrawn: withdrawn = newValue
        }
      }
    }
  }
}

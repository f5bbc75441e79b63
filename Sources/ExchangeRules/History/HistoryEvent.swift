/// An event as the history of its item sees it.
public struct HistoryEvent: Hashable, Sendable {
  /// What it is called.
  public var digest: EventDigest
  /// The last events that its author had seen of the item, the others being before those; empty for
  /// an entry.
  public var follows: [EventDigest]
  /// What happened.
  public var kind: EventKind
  /// The division of whoever did it.
  public var division: String
  /// To whom an assignment gives the item; empty for other kinds.
  public var assignedTo: String
  /// The event that this one takes back; nil for other kinds.
  public var takesBack: EventDigest?
  /// What it says of a right of the person; nil for kinds of the item's life.
  public var right: RightStep?
  /// When, by its author's clock, in milliseconds since 1970: asked only of events that were written
  /// before events named what they follow.
  public var at: Int64

  /// An event.
  public init(
    digest: EventDigest, follows: [EventDigest], kind: EventKind, division: String,
    assignedTo: String = "", takesBack: EventDigest? = nil, right: RightStep? = nil,
    at: Int64 = 0
  ) {
    self.digest = digest
    self.follows = follows
    self.kind = kind
    self.division = division
    self.assignedTo = assignedTo
    self.takesBack = takesBack
    self.right = right
    self.at = at
  }
}

/// Whether an event has taken effect.
public enum EventVerdict: Hashable, Sendable {
  /// It has.
  case counts
  /// It has not, or not yet, and why.
  case hasNoEffect(RuleFailure)

  /// Why it has no effect; nil where it has.
  public var failure: RuleFailure? {
    switch self {
    case .counts: nil
    case .hasNoEffect(let failure): failure
    }
  }
}

/// The line of one kind of event in the table of ``EventKind``.
public struct EventRule: Hashable, Sendable {
  /// The word that an operator reads in Chinese.
  public let chinese: String
  /// The requirement that the line follows from.
  public let requirement: String
  /// From which side it comes.
  public let side: EventSide
  /// The states of an item to which it may happen; none for the first event of an item.
  public let states: Set<ItemState>
  /// The state to which it brings the item; nil where the state stays.
  public let next: ItemState?
  /// The states of an item in which such an event can be taken back; none: it never can.
  public let takenBackIn: Set<ItemState>

  init(
    _ chinese: String, _ requirement: String, by side: EventSide, after states: Set<ItemState>,
    leadsTo next: ItemState?, takenBackIn: Set<ItemState> = []
  ) {
    self.chinese = chinese
    self.requirement = requirement
    self.side = side
    self.states = states
    self.next = next
    self.takenBackIn = takenBackIn
  }
}

/// One thing that happened to an item.
///
/// It never changes; every node on the item's way keeps it.
public struct StoredEvent: Hashable, Sendable {
  /// What happened, numbered as in Protos/item.proto.
  public enum Kind: Int, Sendable, CaseIterable {
    /// Its author wrote the item.
    case entered = 1
    /// The author's county sent it.
    case submitted = 2
    /// The province passed it on.
    case relayed = 3
    /// It is on the disk of the county that is asked.
    case delivered = 4
    /// That county took it.
    case received = 5
    /// It was given to a township or village (S10.2).
    case assigned = 6
    /// A source was searched (S6.4).
    case searched = 7
    /// It was answered.
    case answered = 8
    /// Its author has taken note of the answer.
    case closed = 9
    /// A node on the way could not take it.
    case refused = 10
  }

  /// Chosen where it happened; a repeated delivery carries the same one.
  public var id: LedgerID
  /// The item it happened to.
  public var item: LedgerID
  /// What happened.
  public var kind: Kind
  /// When: milliseconds since 1970, UTC.
  public var at: Int64
  /// Who did it.
  public var actor: LedgerActor
  /// A short remark.
  public var note: String
  /// What goes with this kind of event, as the protocol encodes it: for `entered` the item itself.
  public var body: [UInt8]

  /// An event.
  public init(
    id: LedgerID, item: LedgerID, kind: Kind, at: Int64, actor: LedgerActor, note: String = "",
    body: [UInt8] = []
  ) {
    self.id = id
    self.item = item
    self.kind = kind
    self.at = at
    self.actor = actor
    self.note = note
    self.body = body
  }
}

public import ExchangeRules

/// One thing that happened to an item.
///
/// It never changes; every node on the item's way keeps it.
public struct StoredEvent: Hashable, Sendable {
  /// Chosen where it happened; a repeated delivery carries the same one.
  public var id: LedgerID
  /// The item it happened to.
  public var item: LedgerID
  /// What happened.
  public var kind: EventKind
  /// When: milliseconds since 1970, UTC.
  public var at: Int64
  /// Who did it.
  public var actor: LedgerActor
  /// A short remark.
  public var note: String
  /// What goes with this kind of event, as the protocol encodes it: for `entered` the item itself.
  public var body: [UInt8]
  /// The last events of the item that its author had seen; empty for an entry, and for what was
  /// written before events named them.
  public var follows: [EventDigest] = []
  /// By which the node that wrote it knows it again; empty: it does not.
  public var seal: [UInt8] = []

  /// An event.
  public init(
    id: LedgerID, item: LedgerID, kind: EventKind, at: Int64, actor: LedgerActor, note: String = "",
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

internal import Credentials
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
  /// SHA-256 of the body that was here, where it was removed (G6); empty where it is here.
  public var bodyDigest: [UInt8] = []
  /// The last events of the item that its author had seen; empty for an entry, and for what was
  /// written before events named them.
  public var follows: [EventDigest] = []
  /// By which everybody sees who wrote it, as it came (``EventSeal``); empty where this node wrote it,
  /// and where it was written before there were seals.
  public var seal: [UInt8] = []
  /// Where it stands in this node's log; nowhere if it was written before there was one, or came
  /// without a seal.
  public var place = LogPlace.none

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

  /// Two are the same when their authors wrote the same: the seal and the place in the log are no part
  /// of that.
  public static func == (left: Self, right: Self) -> Bool {
    left.id == right.id && left.item == right.item && left.kind == right.kind
      && left.at == right.at && left.actor == right.actor && left.note == right.note
      && left.follows == right.follows && left.hasBody(of: right)
  }

  private func hasBody(of other: StoredEvent) -> Bool {
    bodyDigest.isEmpty && other.bodyDigest.isEmpty
      ? body == other.body : contentDigest == other.contentDigest
  }

  /// SHA-256 of the body, also of one that was removed.
  var contentDigest: [UInt8] { bodyDigest.isEmpty ? SHA256Digest.of(body) : bodyDigest }

  /// By the identity, which no two events share.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// That somebody read, or did, something that must leave a trace (G2, G3).
public struct TraceEntry: Sendable, Hashable {
  /// When: milliseconds since 1970.
  public var at: Int64
  /// Who.
  public var actor: LedgerActor
  /// What: a stable word such as "follow", "sign-in" or "operator-add".
  public var action: String
  /// Why, in the reader's own words; of administration, on what, and why where a reason is asked for.
  public var purpose: String
  /// Which item; nil: none.
  public var item: LedgerID?
  /// Whose record; empty: nobody's in particular.
  public var subjectKey: String

  /// A trace to leave.
  public init(
    at: Int64, actor: LedgerActor, action: String, purpose: String, item: LedgerID? = nil,
    subjectKey: String = ""
  ) {
    self.at = at
    self.actor = actor
    self.action = action
    self.purpose = purpose
    self.item = item
    self.subjectKey = subjectKey
  }
}

/// A trace as it is kept.
public struct StoredTrace: Sendable, Hashable {
  /// Its place in the chain, from 1.
  public var number: Int64
  /// What it says.
  public var entry: TraceEntry
  /// Random bytes that hide what it says of a person in its digest; empty where that was removed, and
  /// in traces from before there were any.
  var salt: [UInt8] = []
  /// The digest of what it said of a person, where that was removed (G6); empty where it is here.
  var personDigest: [UInt8] = []

  /// Whether what it said of a person was removed.
  public var isRemoved: Bool { !personDigest.isEmpty }
}

/// The end of the chain at some moment.
///
/// Kept elsewhere, it proves later that nothing up to it has been taken away.
public struct TraceHead: Sendable, Hashable {
  /// The last number; 0: the chain is empty.
  public var number: Int64
  /// The hash of the last row, 32 bytes.
  public var hash: [UInt8]

  /// A head.
  public init(number: Int64, hash: [UInt8]) {
    self.number = number
    self.hash = hash
  }

  /// The head of an empty chain.
  public static let empty = TraceHead(number: 0, hash: [UInt8](repeating: 0, count: 32))
}

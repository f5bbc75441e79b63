/// One version of a typed record in the register.
///
/// Versions are only ever added (S12.1).
public struct RecordVersion: Sendable, Hashable {
  /// The record's identity; a person can have several of one category (children, births).
  public var record: LedgerID
  /// Whose record, as it was written; merges do not change it.
  public var subjectKey: String
  /// The information category, 1 to 11 (S3).
  public var category: Int
  /// From 1.
  public var version: Int
  /// The record no longer counts: removed after review (S12.3), yet kept.
  public var isWithdrawn: Bool
  /// When it was written: milliseconds since 1970.
  public var at: Int64
  /// Who wrote it.
  public var actor: LedgerActor
  /// The item it came with; nil: entered here.
  public var sourceItem: LedgerID?
  /// Why it was changed.
  public var note: String
  /// The record as the protocol encodes it.
  public var body: [UInt8]

  /// A version to keep; its number is given when it is kept.
  public init(
    record: LedgerID, subjectKey: String, category: Int, isWithdrawn: Bool = false, at: Int64,
    actor: LedgerActor, sourceItem: LedgerID? = nil, note: String = "", body: [UInt8]
  ) {
    self.record = record
    self.subjectKey = subjectKey
    self.category = category
    version = 0
    self.isWithdrawn = isWithdrawn
    self.at = at
    self.actor = actor
    self.sourceItem = sourceItem
    self.note = note
    self.body = body
  }
}

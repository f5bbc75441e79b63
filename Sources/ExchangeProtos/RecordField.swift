/// A field of a record, as an import or a screen needs it.
public struct RecordField: Sendable, Hashable {
  /// What a field holds: one for each case of ``ExchangeRules/RecordFieldValue``.
  public enum Kind: String, Sendable, CaseIterable {
    /// Words, as written.
    case text
    /// A day, yyyymmdd.
    case date
    /// A code of ``RecordField/table``.
    case code
    /// An amount in fen.
    case money
    /// Yes or no.
    case flag
    /// A number of things.
    case count
    /// A list of numbers.
    case numbers
  }

  /// The name in lowerCamelCase, as in ``RecordMessage/value(of:)`` and in a refusal's path.
  public var name: String
  /// What an operator sees, and the heading of its column: Chinese.
  public var label: String
  /// What it holds.
  public var kind: Kind
  /// The table of the reference data that a code is from.
  public var table: String?
  /// Whether a record without it is refused.
  public var isRequired = false
  /// The most it may hold: bytes of UTF-8, or elements of a list.
  public var max: Int?
  /// The numbers it may hold.
  public var range: ClosedRange<UInt32>?
}

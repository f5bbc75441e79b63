/// The value of a field as it stands in a record: in a message, before it is checked, and after.
public enum RecordFieldValue: Hashable, Sendable {
  /// Words, or the code of a division.
  case text(String)
  /// A day, yyyymmdd.
  case date(Int32)
  /// A code of the field's table.
  case code(String)
  /// Fen.
  case money(Int64)
  /// Yes or no.
  case flag(Bool)
  /// A number of things.
  case count(UInt32)
  /// A list of numbers.
  case numbers([UInt32])

  /// Whether nothing is said: an empty text or code, no day, no numbers.
  public var isAbsent: Bool {
    switch self {
    case .text(let text), .code(let text): text.isBlank
    case .date(let day): day == 0
    case .numbers(let numbers): numbers.isEmpty
    case .money, .flag, .count: false
    }
  }
}

/// The value of a record's field, one case for each ``RecordField/Kind``.
public enum RecordValue: Sendable, Hashable {
  /// Words, as written.
  case text(String)
  /// A day, yyyymmdd.
  case date(Int32)
  /// A code of the field's table.
  case code(String)
  /// An amount in fen.
  case money(Int64)
  /// Yes or no.
  case flag(Bool)
  /// A number of things.
  case count(UInt32)
  /// A list of numbers.
  case numbers([UInt32])

  /// What it holds.
  public var kind: RecordField.Kind {
    switch self {
    case .text: .text
    case .date: .date
    case .code: .code
    case .money: .money
    case .flag: .flag
    case .count: .count
    case .numbers: .numbers
    }
  }
}

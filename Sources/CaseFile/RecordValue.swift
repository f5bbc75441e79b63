public import ExchangeRules

/// The value of one field of a category's record, as read from a cell.
public enum RecordValue: Sendable, Hashable {
  /// Text.
  case text(String)
  /// A date.
  case date(CivilDate)
  /// Yes or no.
  case yesNo(Bool)
  /// A whole number.
  case number(Int64)
  /// An amount of money, in fen.
  case fen(Int64)
  /// A code of the field's table.
  case code(String)
}

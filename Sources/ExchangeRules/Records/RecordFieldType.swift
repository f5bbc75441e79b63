/// What a field of a record holds.
public enum RecordFieldType: Hashable, Sendable {
  /// Words, at most so many bytes of UTF-8.
  case text(maxBytes: Int)
  /// A day.
  case date
  /// A value of a code table.
  case code(table: String)
  /// An amount in fen (0.01 yuan), never negative.
  case money
  /// Yes or no.
  case flag
  /// A number of things within a range.
  case count(ClosedRange<Int>)
  /// A list of numbers within a range, none twice.
  case numbers(ClosedRange<Int>, maxCount: Int)
  /// The code of a division.
  case division
}

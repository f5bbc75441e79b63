/// A place in a list: right behind one item.
///
/// It stays good while other items come and go. Its day is the one that the list is in the order of:
/// of due dates, or of submissions.
public struct ItemCursor: Sendable, Hashable {
  /// How many bytes a cursor has.
  public static let byteCount = 12

  let day: Int32
  let number: Int64

  /// What a row behind the cursor fulfils, in a list of due dates.
  static let condition = "(due, number) > (?, ?)"

  init(day: Int32, number: Int64) {
    self.day = day
    self.number = number
  }

  /// Before the first item.
  public static let start = ItemCursor(day: 0, number: 0)

  /// The cursor that these bytes stand for; nil when they are none.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    let word = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    let long = bytes.dropFirst(4).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    day = Int32(bitPattern: word)
    number = Int64(bitPattern: long)
  }

  /// The bytes that stand for the cursor, opaque to whoever keeps them.
  public var bytes: [UInt8] {
    withUnsafeBytes(of: day.bigEndian, Array.init)
      + withUnsafeBytes(of: number.bigEndian, Array.init)
  }
}

import FuzzTargets
import Ledger

/// The bytes of a cursor, as a client gives them back.
enum CursorInput {
  static func run(_ input: [UInt8]) throws(BrokenProperty) {
    guard let cursor = ItemCursor(input) else {
      return try BrokenProperty.unless(
        input.count != ItemCursor.byteCount, "twelve bytes are a place, if an empty one")
    }
    try BrokenProperty.unless(cursor.bytes == input, "a cursor says what it was read from")
  }
}

import Exchange
import ExchangeProtos
import FuzzTargets
import Ledger

/// The bytes of an event, as a neighbour sends them: read twice, by the messages' reader and by the
/// one that takes the detail out as it came.
enum EventInput {
  static func run(_ input: [UInt8]) throws(BrokenProperty) {
    guard let event = stored(input), let message = try? ItemEvent(decoding: input) else { return }
    try BrokenProperty.unless(
      (try? event.message()) == message, "what is stored says what the message said")
    let packed = event.bytes
    try BrokenProperty.unless(stored(packed) == event, "an event is passed on as it is stored")
    try BrokenProperty.unless(
      packed.count <= input.count, "an event is not longer when it is passed on")
  }

  private static func stored(_ bytes: [UInt8]) -> StoredEvent? {
    try? DetailedEvent(bytes: bytes)?.stored
  }
}

import ExchangeProtos
import FuzzTargets

/// The bytes of a message; the first byte chooses its type.
enum MessageInput {
  static func run(_ input: [UInt8]) throws(BrokenProperty) {
    guard let number = input.first else { return }
    let types = ProtoCatalogue.messages
    let type = types[Int(number) % types.count]
    try type.checkRoundTrip(Array(input.dropFirst()))
  }
}

extension ProtoMessage {
  /// What is taken can be packed, and read again as the same.
  fileprivate static func checkRoundTrip(_ bytes: [UInt8]) throws(BrokenProperty) {
    guard let message = try? Self(decoding: bytes) else { return }
    let packed = message.encoded()
    guard let again = try? Self(decoding: packed) else {
      throw BrokenProperty("\(fullName): what was taken is taken again once packed")
    }
    try BrokenProperty.unless(again == message, "\(fullName): packing and reading changes nothing")
    try BrokenProperty.unless(again.encoded() == packed, "\(fullName): packing is always the same")
  }
}

import ExchangeProtos

/// The bytes of a message; the first byte chooses its type.
enum MessageInput {
  static func run(_ input: [UInt8]) throws(BrokenProperty) {
    guard let number = input.first else { return }
    let types = ProtoCatalogue.messages
    try decode(types[Int(number) % types.count], Array(input.dropFirst()))
  }

  private static func decode<Message: ProtoMessage>(
    _ type: Message.Type, _ bytes: [UInt8]
  ) throws(BrokenProperty) {
    guard let message = try? Message(decoding: bytes) else { return }
    let packed = message.encoded()
    guard let again = try? Message(decoding: packed) else {
      throw BrokenProperty("\(Message.fullName): what was taken is taken again once packed")
    }
    try BrokenProperty.unless(
      again == message, "\(Message.fullName): packing and reading changes nothing")
    try BrokenProperty.unless(
      again.encoded() == packed, "\(Message.fullName): packing is always the same")
  }
}

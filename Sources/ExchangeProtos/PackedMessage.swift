import CExchangeProtos

/// A message laid out in a ``MessageArena``, its size known, ready to be written into a frame.
///
/// Valid until the arena's reset.
public struct PackedMessage {
  /// What ``write(to:)`` writes, in bytes.
  public var byteCount: Int
  private let message: UnsafeRawPointer

  init<CMessage>(_ message: UnsafeMutablePointer<CMessage>) {
    self.message = UnsafeRawPointer(message)
    byteCount = protobuf_c_message_get_packed_size(
      self.message.assumingMemoryBound(to: ProtobufCMessage.self))
  }

  /// Writes the bytes; `destination` has room for ``byteCount``.
  public func write(to destination: UnsafeMutableRawPointer) {
    _ = protobuf_c_message_pack(
      message.assumingMemoryBound(to: ProtobufCMessage.self),
      destination.assumingMemoryBound(to: UInt8.self))
  }
}

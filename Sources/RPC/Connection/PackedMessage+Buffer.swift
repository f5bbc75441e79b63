public import ExchangeProtos
public import NIOCore

extension ByteBuffer {
  /// Appends a packed message.
  @inlinable
  mutating func writePacked(_ packed: PackedMessage) {
    writeWithUnsafeMutableBytes(minimumWritableBytes: packed.byteCount) { room in
      if let base = room.baseAddress { packed.write(to: base) }
      return packed.byteCount
    }
  }
}

public import NIOCore

/// Splits the bytes of a connection into frames, as they arrive.
///
/// Payloads are handed out in place: a message is decoded from the receive buffer itself. The length
/// is checked before any of the payload is waited for, so that a peer can make this side hold at
/// most one frame of the announced size.
public struct FrameReader: ~Copyable {
  @usableFromInline var buffer = ByteBuffer()
  /// The longest payload taken from now on, in bytes.
  public var largestPayloadBytes: Int

  /// A reader that takes payloads up to a size.
  public init(largestPayloadBytes: Int) {
    self.largestPayloadBytes = largestPayloadBytes
  }

  /// Bytes received and not yet split off.
  public var waitingBytes: Int { buffer.readableBytes }

  /// Takes what a read brought.
  public mutating func append(_ bytes: inout ByteBuffer) {
    if buffer.readableBytes == 0 {
      buffer = bytes
    } else {
      buffer.discardReadBytes()
      buffer.writeBuffer(&bytes)
    }
    bytes = ByteBuffer()
  }

  /// The next whole frame, or nil until more bytes have come.
  ///
  /// `body` gets the payload in place; it must not keep the pointer.
  ///
  /// - Throws: ``WireViolation`` for a type this version does not know, or a payload that is too
  ///   long; or what `body` throws.
  @inlinable
  public mutating func next<Outcome>(
    _ body: (FrameHeader, UnsafeRawBufferPointer) throws(WireViolation) -> Outcome
  ) throws(WireViolation) -> Outcome? {
    let header = try peekHeader()
    guard let header, buffer.readableBytes >= FrameHeader.byteCount + header.payloadBytes else {
      // A connection that waits holds no memory for what has been read.
      if buffer.readableBytes == 0 { buffer = ByteBuffer() }
      return nil
    }
    let from = buffer.readerIndex + FrameHeader.byteCount
    buffer.moveReaderIndex(forwardBy: FrameHeader.byteCount + header.payloadBytes)
    let outcome: Result<Outcome, WireViolation> = buffer.withVeryUnsafeBytes { all in
      let payload = UnsafeRawBufferPointer(rebasing: all[from..<(from + header.payloadBytes)])
      do throws(WireViolation) {
        return .success(try body(header, payload))
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  @usableFromInline
  func peekHeader() throws(WireViolation) -> FrameHeader? {
    guard buffer.readableBytes >= FrameHeader.byteCount else { return nil }
    let (length, kind, flags, stream) = buffer.withUnsafeReadableBytes { bytes in
      (
        UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)), bytes[4], bytes[5],
        UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 6, as: UInt32.self))
      )
    }
    guard length <= largestPayloadBytes else {
      throw WireViolation(
        .frameTooLong, "a frame of \(length) bytes where \(largestPayloadBytes) are allowed")
    }
    guard let type = FrameType(rawValue: kind) else {
      throw WireViolation(.unknownFrameType, "frame type \(kind) is not one of this version")
    }
    guard stream <= FrameHeader.largestStream else {
      throw WireViolation(.badStream, "stream \(stream) is past the highest number")
    }
    return FrameHeader(
      type, FrameFlags(rawValue: flags), stream: stream, payloadBytes: Int(length))
  }
}

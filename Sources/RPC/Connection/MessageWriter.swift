public import ExchangeProtos

/// Sends messages on a stream, each when the other side has room for it.
public struct MessageWriter<Message: ProtoMessage>: Sendable {
  private let handle: StreamHandle
  private let stream: UInt32

  init(_ handle: StreamHandle, stream: UInt32) {
    self.handle = handle
    self.stream = stream
  }

  /// Sends one, waiting for credit.
  ///
  /// - Throws: ``Wire/CallFailure`` if the stream is over, or `CancellationError`.
  public func write(_ message: Message) async throws {
    try await handle.send(message, stream: stream)
  }

  /// Sends many in order, waiting for credit: one hop to the connection's loop for as many as the
  /// other side has room for, and one write to the socket.
  ///
  /// - Throws: as ``write(_:)``; some may have been sent then.
  public func write(contentsOf messages: [Message]) async throws {
    try await handle.send(messages, stream: stream)
  }

  /// Tells that no more come.
  ///
  /// Of no effect on the answering side, whose return does that.
  public func finish() { handle.endSending(stream: stream) }
}

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

  /// Tells that no more come. Of no effect on the answering side, whose return does that.
  public func finish() { handle.endSending(stream: stream) }
}

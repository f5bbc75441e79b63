public import ExchangeProtos

/// Takes the messages that came on a stream, still packed.
@usableFromInline
protocol MessageSink: Sendable {
  func put(_ payload: UnsafeRawBufferPointer, in arena: MessageArena) throws(MessageRefusal)
  func finish(_ end: Result<Void, any Error>)
  func cancel(_ error: any Error)
}

/// The messages of the other side, in order; one reader.
///
/// Taking one gives the other side credit to send more. It ends when the other side has sent its
/// last, or throws: a ``Wire/CallFailure``, or `CancellationError` if this task was cancelled.
public struct MessageStream<Message: ProtoMessage>: AsyncSequence, Sendable {
  /// The messages.
  public typealias Element = Message

  private let inbox = Mailbox<Arrived>()
  private let handle: StreamHandle
  private let stream: UInt32

  private struct Arrived: Sendable {
    let message: Message
    let payloadBytes: Int
  }

  init(_ handle: StreamHandle, stream: UInt32) {
    self.handle = handle
    self.stream = stream
  }

  /// The next message; nil at the end.
  public func next() async throws -> Message? {
    guard let arrived = try await first() else { return nil }
    handle.consumed(stream: stream, payloadBytes: arrived.payloadBytes)
    return arrived.message
  }

  /// At least one message, and what came with it, at most `limit`; empty at the end.
  public func nextBatch(upTo limit: Int) async throws -> [Message] {
    guard let first = try await first() else { return [] }
    let arrived = [first] + inbox.takeWaiting(upTo: limit - 1)
    handle.consumed(stream: stream, payloads: arrived.map(\.payloadBytes))
    return arrived.map(\.message)
  }

  /// A reader that is cancelled takes no more: the other side is told.
  private func first() async throws -> Arrived? {
    do {
      return try await inbox.next()
    } catch let error as CancellationError {
      handle.stopTaking(stream: stream)
      throw error
    }
  }

  /// Gives the rest up: the other side is told, if it is the one that answers.
  public func cancel() {
    inbox.cancel(CancellationError())
    handle.stopTaking(stream: stream)
  }

  /// An iterator over the messages; all iterators of a stream share them.
  public func makeAsyncIterator() -> Iterator { Iterator(stream: self) }

  /// Iterates over a stream.
  public struct Iterator: AsyncIteratorProtocol {
    let stream: MessageStream

    /// The next message; nil at the end.
    public func next() async throws -> Message? { try await stream.next() }
  }
}

extension MessageStream: MessageSink {
  @usableFromInline
  func put(
    _ payload: UnsafeRawBufferPointer, in arena: MessageArena
  ) throws(MessageRefusal) {
    defer { arena.reset() }
    inbox.put(
      Arrived(
        message: try Message(decoding: payload, in: arena), payloadBytes: payload.count))
  }

  @usableFromInline
  func finish(_ end: Result<Void, any Error>) { inbox.finish(end) }

  @usableFromInline
  func cancel(_ error: any Error) { inbox.cancel(error) }
}

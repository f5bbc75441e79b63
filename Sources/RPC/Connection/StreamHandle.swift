public import ExchangeProtos
internal import NIOCore
internal import Wire

/// What a stream needs of its connection, on either side; carried out on the connection's loop.
@usableFromInline
protocol StreamOwner: AnyObject {
  /// Sends a message if credit and the socket allow; false: ``whenSendable(_:_:)`` tells when.
  func trySend(_ message: any ProtoMessage, stream: UInt32) throws -> Bool
  /// Resumes the waiter when the stream may send, or with the reason why it never will.
  func whenSendable(_ stream: UInt32, _ waiter: Waiter<Void>)
  /// Sends that this side has no more messages.
  func endSending(stream: UInt32)
  /// Books that the application took a message.
  func consumed(stream: UInt32, payloadBytes: Int)
  /// The application takes no more messages.
  func stopTaking(stream: UInt32)
}

/// A stream's way to its connection, from any thread.
@usableFromInline
struct StreamHandle: Sendable {
  let loop: any EventLoop
  private let owner: NIOLoopBound<any StreamOwner>

  init(_ owner: any StreamOwner, loop: any EventLoop) {
    self.loop = loop
    self.owner = NIOLoopBound(owner, eventLoop: loop)
  }

  /// Sends a message, waiting for credit.
  func send(_ message: any ProtoMessage, stream: UInt32) async throws {
    while true {
      if loop.inEventLoop {
        if try owner.value.trySend(message, stream: stream) { return }
      } else {
        let owner = owner
        let sent = try await loop.submit { try owner.value.trySend(message, stream: stream) }.get()
        if sent { return }
      }
      try await waitUntilSendable(stream)
    }
  }

  /// Sends messages in order, as many in one turn of the loop as the other side has room for.
  func send<Message: ProtoMessage>(_ messages: [Message], stream: UInt32) async throws {
    var sent = 0
    while sent < messages.count {
      let (first, owner) = (sent, owner)
      let work: @Sendable () throws -> Int = {
        var next = first
        while next < messages.count, try owner.value.trySend(messages[next], stream: stream) {
          next += 1
        }
        return next
      }
      sent = loop.inEventLoop ? try work() : try await loop.submit(work).get()
      guard sent < messages.count else { return }
      try await waitUntilSendable(stream)
    }
  }

  private func waitUntilSendable(_ stream: UInt32) async throws {
    let waiter = Waiter<Void>()
    run { $0.whenSendable(stream, waiter) }
    try await waiter.value()
  }

  func endSending(stream: UInt32) { run { $0.endSending(stream: stream) } }

  func consumed(stream: UInt32, payloadBytes: Int) {
    run { $0.consumed(stream: stream, payloadBytes: payloadBytes) }
  }

  func consumed(stream: UInt32, payloads: [Int]) {
    run { owner in
      for bytes in payloads { owner.consumed(stream: stream, payloadBytes: bytes) }
    }
  }

  func stopTaking(stream: UInt32) { run { $0.stopTaking(stream: stream) } }

  private func run(_ work: @escaping @Sendable (any StreamOwner) -> Void) {
    if loop.inEventLoop {
      work(owner.value)
    } else {
      let owner = owner
      loop.execute { work(owner.value) }
    }
  }
}

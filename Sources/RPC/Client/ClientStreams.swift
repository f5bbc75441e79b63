internal import ExchangeProtos
internal import NIOCore
internal import Wire

/// How a client's calls begin, and its side of streams.
extension ClientConnection {
  /// Sends a request with the time that is left until the deadline.
  ///
  /// - `trace`: What the call belongs to; not sent to a node that does not take it.
  /// - `pack`: Lays the request out, if the call starts with one.
  /// - `call`: Makes the call of this stream; it is told the outcome.
  ///
  /// Returns: The call's stream.
  ///
  /// Throws: Why nothing was sent; there is no call then, and no stream.
  @discardableResult
  func start(
    _ method: UInt32, ended: Bool, deadline: NIODeadline?, trace: TraceContext?,
    pack: ((MessageArena) -> PackedMessage)?, call: (UInt32) -> ClientCall
  ) throws(CallFailure) -> UInt32 {
    let left = deadline.map { $0 - .now() }
    if let left, left <= .nanoseconds(0) { throw .notInTime.notBegun }
    let packed = pack?(wire.arena)
    defer { wire.arena.reset() }
    let bytes = packed?.byteCount ?? 0
    let milliseconds = left.map { UInt32(clamping: max(1, $0.nanoseconds / 1_000_000)) }
    let head = RequestHead(
      method: method, timeoutMilliseconds: milliseconds ?? 0,
      trace: wire.machine.peerTakesTraces ? trace : nil)
    let stream = try wire.machine.open(payloadBytes: head.byteCount + bytes)
    var flags: FrameFlags = ended ? .end : []
    if packed != nil { flags.insert(.message) }
    wire.out.writeRequestHead(head, stream: stream, flags: flags, messageBytes: bytes)
    if let packed { wire.out.writePacked(packed) }
    calls[stream] = call(stream)
    if let deadline { wire.cover(deadline) }
    wire.flushSoon()
    return stream
  }
}

extension ClientConnection: StreamOwner {
  func trySend(_ message: any ProtoMessage, stream: UInt32) throws -> Bool {
    try wire.trySend(message, stream: stream)
  }

  func whenSendable(_ stream: UInt32, _ waiter: Waiter<Void>) {
    wire.whenSendable(stream, call: calls[stream], waiter)
  }

  func endSending(stream: UInt32) {
    guard wire.machine.maySend(stream: stream) != nil else { return }
    wire.out.writeMessageHead(stream: stream, flags: .end, messageBytes: 0)
    wire.flushSoon()
  }

  func consumed(stream: UInt32, payloadBytes: Int) {
    wire.consumed(stream: stream, payloadBytes: payloadBytes)
  }

  /// A client that takes no more gives the call up.
  func stopTaking(stream: UInt32) { cancel(stream: stream, .givenUp) }
}

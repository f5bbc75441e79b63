internal import ExchangeProtos
internal import NIOCore
internal import Wire

/// How a client's calls begin, and its side of streams.
extension ClientConnection {
  /// Sends a request with the time that is left until the deadline.
  ///
  /// - `pack`: Lays the request out, if the call starts with one.
  /// - `call`: Makes the call of this stream; it is told the outcome.
  ///
  /// Returns: The call's stream.
  ///
  /// Throws: Why nothing was sent; there is no call then, and no stream.
  @discardableResult
  func start(
    _ method: UInt32, ended: Bool, deadline: NIODeadline?,
    pack: ((MessageArena) -> PackedMessage)?, call: (UInt32) -> ClientCall
  ) throws(CallFailure) -> UInt32 {
    let left = deadline.map { $0 - .now() }
    if let left, left <= .nanoseconds(0) { throw .notInTime.notBegun }
    let packed = pack?(arena)
    defer { arena.reset() }
    let bytes = packed?.byteCount ?? 0
    let stream = try machine.open(payloadBytes: RequestHead.byteCount + bytes)
    var flags: FrameFlags = ended ? .end : []
    if packed != nil { flags.insert(.message) }
    let milliseconds = left.map { UInt32(clamping: max(1, $0.nanoseconds / 1_000_000)) }
    out.writeRequestHead(
      RequestHead(method: method, timeoutMilliseconds: milliseconds ?? 0), stream: stream,
      flags: flags, messageBytes: bytes)
    if let packed { out.writePacked(packed) }
    calls[stream] = call(stream)
    if let deadline { cover(deadline) }
    flushSoon()
    return stream
  }
}

extension ClientConnection: StreamOwner {
  func trySend(_ message: any ProtoMessage, stream: UInt32) throws -> Bool {
    guard let maySend = machine.maySend(stream: stream) else { throw CallFailure.streamIsOver }
    guard maySend, context?.channel.isWritable == true else { return false }
    let packed = message.pack(in: arena)
    defer { arena.reset() }
    try machine.checkSize(packed.byteCount)
    out.writeMessageHead(stream: stream, flags: .message, messageBytes: packed.byteCount)
    out.writePacked(packed)
    machine.sent(stream: stream, payloadBytes: packed.byteCount)
    flushSoon()
    return true
  }

  func whenSendable(_ stream: UInt32, _ waiter: Waiter<Void>) {
    guard let call = calls[stream], let maySend = machine.maySend(stream: stream) else {
      return waiter.resume(throwing: CallFailure.streamIsOver)
    }
    if maySend, context?.channel.isWritable == true {
      waiter.resume()
    } else {
      call.wait(waiter)
    }
  }

  func endSending(stream: UInt32) {
    guard machine.maySend(stream: stream) != nil else { return }
    out.writeMessageHead(stream: stream, flags: .end, messageBytes: 0)
    flushSoon()
  }

  func consumed(stream: UInt32, payloadBytes: Int) {
    guard let grant = machine.consumed(stream: stream, payloadBytes: payloadBytes) else { return }
    out.writeCredit(grant, stream: stream)
    flushSoon()
  }

  func abandon(stream: UInt32) {
    abandon(stream: stream, .givenUp)
  }
}

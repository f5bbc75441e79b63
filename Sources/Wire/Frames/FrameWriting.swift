public import NIOCore

/// Writing frames: every byte that this protocol sends is laid down here.
extension ByteBuffer {
  /// Writes a header.
  public mutating func writeHeader(_ header: FrameHeader) {
    writeMultipleIntegers(
      UInt32(truncatingIfNeeded: header.payloadBytes), header.type.rawValue, header.flags.rawValue,
      header.stream)
  }

  /// Writes `HELLO`.
  public mutating func writeHello(_ hello: Hello) {
    writeHeader(FrameHeader(.hello, stream: 0, payloadBytes: Hello.byteCount))
    writeMultipleIntegers(
      hello.version, hello.frameBytes, hello.streams, hello.streamCreditBytes,
      hello.silenceMilliseconds, hello.features)
  }

  /// Writes one step of the authentication.
  public mutating func writeAuthenticate(_ step: AuthenticationStep, _ message: [UInt8]) {
    writeHeader(FrameHeader(.authenticate, stream: 0, payloadBytes: 1 + message.count))
    writeInteger(step.rawValue)
    writeBytes(message)
  }

  /// Writes the head of a request; `messageBytes` of message follow, written by the caller.
  public mutating func writeRequestHead(
    _ head: RequestHead, stream: UInt32, flags: FrameFlags, messageBytes: Int
  ) {
    var flags = flags
    if head.trace != nil { flags.insert(.trace) }
    writeHeader(
      FrameHeader(.request, flags, stream: stream, payloadBytes: head.byteCount + messageBytes))
    writeMultipleIntegers(head.method, head.timeoutMilliseconds)
    guard let (version, high, low, parent, bits) = head.trace?.fields else { return }
    writeMultipleIntegers(version, high, low, parent, bits)
  }

  /// Writes the head of a message; `messageBytes` of message follow, written by the caller.
  public mutating func writeMessageHead(stream: UInt32, flags: FrameFlags, messageBytes: Int) {
    writeHeader(FrameHeader(.message, flags, stream: stream, payloadBytes: messageBytes))
  }

  /// Writes the head of a successful result; `messageBytes` of message follow if there is one.
  public mutating func writeResultHead(stream: UInt32, messageBytes: Int?) {
    writeHeader(
      FrameHeader(
        .result, messageBytes == nil ? [] : .message, stream: stream,
        payloadBytes: 1 + (messageBytes ?? 0)))
    writeInteger(StatusCode.ok.rawValue)
  }

  /// Writes a result that is a failure.
  public mutating func writeResult(_ failure: CallFailure, stream: UInt32) {
    let at = reserveHeader()
    writeFailure(failure)
    fillHeader(.result, [], stream: stream, at: at)
  }

  /// Writes the end of a call that the caller gives up.
  public mutating func writeCancel(stream: UInt32) {
    writeHeader(FrameHeader(.cancel, stream: stream, payloadBytes: 0))
  }

  /// Writes a grant of credit.
  public mutating func writeCredit(_ bytes: UInt32, stream: UInt32) {
    writeHeader(FrameHeader(.credit, stream: stream, payloadBytes: 4))
    writeInteger(bytes)
  }

  /// Writes a ping, or its answer with the same token.
  public mutating func writePing(_ token: UInt64, answer: Bool) {
    writeHeader(FrameHeader(.ping, answer ? .end : [], stream: 0, payloadBytes: 8))
    writeInteger(token)
  }

  /// Writes the end of the connection: calls above `lastStream` were not looked at.
  public mutating func writeGoAway(_ failure: CallFailure, lastStream: UInt32) {
    let at = reserveHeader()
    writeInteger(lastStream)
    writeFailure(failure)
    fillHeader(.goAway, [], stream: 0, at: at)
  }

  private mutating func writeFailure(_ failure: CallFailure) {
    writeMultipleIntegers(failure.status.rawValue, failure.retryAfterMilliseconds)
    writeShort(failure.reason)
    writeShort(failure.field)
    writeSubstring(failure.text.prefix(utf8Bytes: CallFailure.longestTextBytes))
  }

  private mutating func writeShort(_ text: String) {
    let start = text.prefix(utf8Bytes: CallFailure.longestWordBytes)
    writeInteger(UInt8(clamping: start.utf8.count))
    writeSubstring(start)
  }

  private mutating func reserveHeader() -> Int {
    let at = writerIndex
    writeRepeatingByte(0, count: FrameHeader.byteCount)
    return at
  }

  private mutating func fillHeader(
    _ type: FrameType, _ flags: FrameFlags, stream: UInt32, at index: Int
  ) {
    let length = writerIndex - index - FrameHeader.byteCount
    setInteger(UInt32(truncatingIfNeeded: length), at: index)
    setInteger(type.rawValue, at: index + 4)
    setInteger(flags.rawValue, at: index + 5)
    setInteger(stream, at: index + 6)
  }
}

extension String {
  /// The beginning that fits into `limit` bytes of UTF-8, cut between two code points: characters
  /// have no longest length.
  fileprivate func prefix(utf8Bytes limit: Int) -> Substring {
    guard utf8.count > limit else { return self[...] }
    var bytes = 0
    return Substring(
      unicodeScalars.prefix { scalar in
        bytes += UTF8.width(scalar)
        return bytes <= limit
      })
  }
}

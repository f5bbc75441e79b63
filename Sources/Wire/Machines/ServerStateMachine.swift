/// The server's side of a connection: which frame may come when, and what it means.
///
/// Pure: bytes and times come in, actions go out, and the owner carries them out. A unary call that
/// is answered at once leaves no state behind; a call that lasts is kept from ``keep(stream:ended:)``
/// to ``finish(stream:)``.
public struct ServerStateMachine: ~Copyable {
  /// What the owner does about a frame.
  public enum OnFrame: Sendable, Hashable {
    /// Nothing.
    case nothing
    /// Hands the SCRAM message, the payload after its first byte, to the authentication.
    case authenticate(AuthenticationStep)
    /// Starts a call. Its first message is the payload after ``RequestHead/byteCount`` bytes.
    case open(stream: UInt32, head: RequestHead, hasMessage: Bool, ended: Bool)
    /// Answers a call with a failure without looking at it.
    case refuse(stream: UInt32, CallFailure)
    /// Hands a message to its call; `ended`: the last one.
    case deliver(stream: UInt32, hasMessage: Bool, ended: Bool)
    /// Stops the call's work; nobody waits for its answer.
    case cancel(stream: UInt32)
    /// Goes on sending on a stream that had no credit.
    case resume(stream: UInt32)
    /// Sends the ping back.
    case answerPing(UInt64)
    /// The peer sends no more calls; the connection ends when the open ones have.
    case peerGoesAway
  }

  private enum Phase {
    case awaitingHello
    case awaitingClientFirst
    case awaitingClientFinal
    case provingServer
    case open
    case draining(lastStream: UInt32)
  }

  private struct Stream {
    var credit: StreamCredit
    var peerEnded: Bool
  }

  private let limits: WireLimits
  private let started: UInt64
  private var phase = Phase.awaitingHello
  private var liveness: Liveness
  private var streams = StreamTable<Stream>()
  private var peerStreamCreditBytes = 0
  private var peerIsLeaving = false
  private var peerFrameBytes = 0
  /// The highest stream that the peer has opened.
  public private(set) var lastStream: UInt32 = 0

  /// A machine that waits for the peer's `HELLO`; `now` in milliseconds.
  public init(limits: WireLimits, now: UInt64) {
    self.limits = limits
    started = now
    liveness = Liveness(limits: limits, now: now)
  }

  /// Calls that last and are under way.
  public var keptStreams: Int { streams.count }

  /// Whether calls may be opened: the peer is authenticated and this side does not drain.
  public var isOpen: Bool {
    if case .open = phase { true } else { false }
  }

  /// Whether the connection has nothing left to do: one side leaves and no call is open.
  public var isDone: Bool {
    if case .draining = phase { return streams.isEmpty }
    return peerIsLeaving && streams.isEmpty
  }

  /// The longest payload to take in this phase, in bytes.
  public var largestPayloadBytes: Int {
    switch phase {
    case .open, .draining: limits.frameBytes
    default: limits.unauthenticatedFrameBytes
    }
  }

  /// Takes a frame.
  public mutating func received(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer, now: UInt64
  ) throws(WireViolation) -> OnFrame {
    liveness.received(now: now)
    switch header.type {
    case .request: return try request(header, payload)
    case .message: return try message(header, payload)
    case .cancel: return try cancel(header, now: now)
    case .credit: return try credit(header, payload)
    case .ping: return try ping(header, payload, now: now)
    case .hello: return try hello(header, payload)
    case .authenticate: return try authenticate(header, payload)
    case .goAway:
      try header.checkConnection()
      _ = try CallFailure.goAway(payload)
      peerIsLeaving = true
      return .peerGoesAway
    case .result: throw unexpected(header)
    }
  }

  /// The server's proof was sent: calls may come.
  public mutating func authenticated() {
    if case .provingServer = phase { phase = .open }
  }

  /// Keeps a call that was just opened and is not answered yet.
  public mutating func keep(stream: UInt32, ended: Bool) {
    streams[stream] = Stream(
      credit: StreamCredit(
        sendWindowBytes: peerStreamCreditBytes, receiveWindowBytes: limits.streamCreditBytes),
      peerEnded: ended)
  }

  /// Forgets a call that was answered.
  ///
  /// Returns false if it was over already.
  public mutating func finish(stream: UInt32) -> Bool {
    streams.removeValue(forKey: stream) != nil
  }

  /// Refuses a reply, its status byte counted, that the peer would not take: it would end the
  /// connection, and every other call with it.
  public func checkReply(payloadBytes: Int) throws(CallFailure) {
    guard payloadBytes <= peerFrameBytes else {
      throw CallFailure(
        .resourceExhausted, .replyTooLong,
        "a reply of \(payloadBytes) bytes, and the caller takes \(peerFrameBytes); ask for less")
    }
  }

  /// Whether a message may be sent on a kept stream now; nil if the stream is over.
  public func maySend(stream: UInt32) -> Bool? { streams[stream]?.credit.maySend }

  /// Books a message that is sent on a kept stream.
  public mutating func sent(stream: UInt32, payloadBytes: Int) {
    streams[stream]?.credit.sent(payloadBytes: payloadBytes)
  }

  /// Books that the application took a message; returns the credit to grant, if any.
  public mutating func consumed(stream: UInt32, payloadBytes: Int) -> UInt32? {
    streams[stream]?.credit.consumed(payloadBytes: payloadBytes)
  }

  /// This side ends the connection: no call above ``lastStream`` is looked at from here on.
  public mutating func drain() {
    phase = .draining(lastStream: lastStream)
  }

  /// Anything was sent: the peer knows that this side lives.
  public mutating func wrote(now: UInt64) { liveness.sent(now: now) }

  /// How often ``tick(now:)`` must be called besides, in milliseconds, so that the peer hears of
  /// this side in time; nil where the ticks of the own limits are enough.
  ///
  /// Set by the peer's `HELLO`.
  public var pingMilliseconds: Int? { liveness.pingMilliseconds }

  /// To be called every ``WireLimits/tickMilliseconds``: the token of a ping to send, if one is due.
  public mutating func tick(now: UInt64) throws(WireViolation) -> UInt64? {
    switch phase {
    case .open, .draining: return try liveness.tick(now: now)
    default:
      if now &- started >= UInt64(limits.authenticationMilliseconds) {
        throw WireViolation(
          .authenticationTimeout,
          "not authenticated within \(limits.authenticationMilliseconds) ms")
      }
      return nil
    }
  }
}

extension ServerStateMachine {
  private func unexpected(_ header: FrameHeader) -> WireViolation {
    WireViolation(.unexpectedFrame, "\(header.type) has no place here")
  }

  private mutating func hello(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> OnFrame {
    try header.checkConnection()
    guard case .awaitingHello = phase else { throw unexpected(header) }
    let hello = try Hello(reading: payload)
    peerFrameBytes = Int(hello.frameBytes)
    peerStreamCreditBytes = Int(hello.streamCreditBytes)
    liveness.peerSilenceMilliseconds = UInt64(hello.silenceMilliseconds)
    phase = .awaitingClientFirst
    return .nothing
  }

  private mutating func authenticate(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> OnFrame {
    try header.checkConnection()
    let step = payload.first.flatMap(AuthenticationStep.init(rawValue:))
    switch (phase, step) {
    case (.awaitingClientFirst, .clientFirst):
      phase = .awaitingClientFinal
      return .authenticate(.clientFirst)
    case (.awaitingClientFinal, .clientFinal):
      phase = .provingServer
      return .authenticate(.clientFinal)
    case (_, nil):
      throw WireViolation(.malformedFrame, "AUTHENTICATE without a step this version knows")
    default: throw unexpected(header)
    }
  }

  private mutating func request(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> OnFrame {
    switch phase {
    case .open where peerIsLeaving:
      throw WireViolation(.unexpectedFrame, "a call after the peer's GOAWAY")
    case .open: break
    case .draining: return .nothing
    default: throw unexpected(header)
    }
    guard header.stream > lastStream else {
      throw WireViolation(
        .badStream, "call \(header.stream) is not above the last, \(lastStream)")
    }
    let head = try RequestHead(reading: payload)
    lastStream = header.stream
    let hasMessage = header.flags.contains(.message)
    guard hasMessage || payload.count == RequestHead.byteCount else {
      throw WireViolation(.malformedFrame, "REQUEST holds bytes that its flags do not announce")
    }
    guard streams.count < limits.streams else {
      return .refuse(
        stream: header.stream,
        CallFailure(
          .resourceExhausted, .tooManyCalls,
          "this connection may have \(limits.streams) calls open",
          retryAfterMilliseconds: 100))
    }
    return .open(
      stream: header.stream, head: head, hasMessage: hasMessage,
      ended: header.flags.contains(.end))
  }

  private mutating func message(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> OnFrame {
    guard try belongs(header) else { return .nothing }
    guard let ended = streams[header.stream]?.peerEnded else { return .nothing }
    guard !ended else {
      throw WireViolation(.unexpectedFrame, "a message after the last of its stream")
    }
    let hasMessage = header.flags.contains(.message)
    guard hasMessage || (payload.isEmpty && header.flags.contains(.end)) else {
      throw WireViolation(.malformedFrame, "MESSAGE without a message that is no end either")
    }
    if hasMessage { try streams[header.stream]?.credit.received(payloadBytes: payload.count) }
    if header.flags.contains(.end) { streams[header.stream]?.peerEnded = true }
    return .deliver(
      stream: header.stream, hasMessage: hasMessage, ended: header.flags.contains(.end))
  }

  private mutating func cancel(
    _ header: FrameHeader, now: UInt64
  ) throws(WireViolation) -> OnFrame {
    guard try belongs(header) else { return .nothing }
    try liveness.cancelled(now: now)
    return streams[header.stream] == nil ? .nothing : .cancel(stream: header.stream)
  }

  private mutating func credit(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> OnFrame {
    guard payload.count == 4 else { throw WireViolation(.malformedFrame, "CREDIT needs 4 bytes") }
    guard try belongs(header), streams[header.stream] != nil else { return .nothing }
    let resumes = try streams[header.stream]?.credit.granted(payload.integer(at: 0)) ?? false
    return resumes ? .resume(stream: header.stream) : .nothing
  }

  private mutating func ping(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer, now: UInt64
  ) throws(WireViolation) -> OnFrame {
    try header.checkConnection()
    guard payload.count == 8 else { throw WireViolation(.malformedFrame, "PING needs 8 bytes") }
    switch phase {
    case .open, .draining: break
    default: throw unexpected(header)
    }
    if header.flags.contains(.end) { return .nothing }
    try liveness.pinged(now: now)
    return .answerPing(payload.integer(at: 0))
  }

  /// False for a call that this side no longer looks at; throws for one that was never opened.
  private func belongs(_ header: FrameHeader) throws(WireViolation) -> Bool {
    switch phase {
    case .draining(let last) where header.stream > last: return false
    case .open, .draining: break
    default: throw unexpected(header)
    }
    guard header.stream > 0, header.stream <= lastStream else {
      throw WireViolation(.badStream, "stream \(header.stream) was never opened")
    }
    return true
  }
}

/// The server's side of a connection: which frame may come when, and what it means.
///
/// Pure: bytes and times come in, actions go out, and the owner carries them out. A unary call that
/// is answered at once leaves no state behind; a call that lasts is kept from ``keep(stream:ended:)``
/// to ``finish(stream:)``.
public struct ServerStateMachine: ConnectionMachine, ~Copyable {
  /// What the owner does about a frame.
  public enum OnFrame: Sendable, Hashable {
    /// Nothing.
    case nothing
    /// The peer has said what it takes: begins to ping as often as it asks.
    case greeted
    /// Hands the SCRAM message, the payload after its first byte, to the authentication.
    case authenticate(AuthenticationStep)
    /// Starts a call. Its first message is the payload after ``RequestHead/byteCount`` bytes of it.
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

  private var connection: ConnectionState
  private var peerIsLeaving = false

  /// A machine that waits for the peer's `HELLO`; `now` in milliseconds.
  public init(limits: WireLimits, now: UInt64) {
    connection = ConnectionState(limits: limits, now: now)
  }

  /// The highest stream that the peer has opened.
  public var lastStream: UInt32 { connection.lastStream }

  /// Calls that last and are under way.
  public var keptStreams: Int { connection.streams.count }

  /// Whether calls may be opened: the peer is authenticated and this side does not drain.
  public var isOpen: Bool { connection.isOpen }

  /// Whether the connection has nothing left to do: one side leaves and no call is open.
  public var isDone: Bool { connection.isDone || peerIsLeaving && connection.streams.isEmpty }

  /// The longest payload to take in this phase, in bytes.
  public var largestPayloadBytes: Int { connection.largestPayloadBytes }

  /// Takes a frame.
  public mutating func received(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer, now: UInt64
  ) throws(WireViolation) -> OnFrame {
    connection.received(now: now)
    switch header.type {
    case .request: return try request(header, payload)
    case .message: return try message(header, payload)
    case .cancel: return try cancel(header, now: now)
    case .credit:
      try connection.checkCredit(payload)
      guard try isLookedAt(header) else { return .nothing }
      return try connection.credit(header, payload) ? .resume(stream: header.stream) : .nothing
    case .ping:
      guard connection.isSignedIn else { throw try misplacedPing(header, payload) }
      return try connection.ping(header, payload, now: now).map(OnFrame.answerPing) ?? .nothing
    case .hello:
      try connection.hello(header, payload)
      return .greeted
    case .authenticate:
      return .authenticate(
        try connection.authenticate(header, payload, first: .clientFirst, final: .clientFinal))
    case .goAway:
      try header.checkConnection()
      _ = try CallFailure.goAway(payload)
      peerIsLeaving = true
      return .peerGoesAway
    case .result: throw .misplaced(header)
    }
  }

  /// The server's proof was sent: calls may come.
  public mutating func authenticated() { connection.authenticated() }

  /// Keeps a call that was just opened and is not answered yet.
  public mutating func keep(stream: UInt32, ended: Bool) {
    connection.open(stream, peerHasEnded: ended)
  }

  /// Forgets a call that was answered; false if it was over already.
  public mutating func finish(stream: UInt32) -> Bool { connection.end(stream) }

  /// Refuses a message, or a reply with its status byte, that the peer would not take: it would end
  /// the connection, and every other call with it.
  public func checkSize(payloadBytes: Int) throws(CallFailure) {
    let most = Int(connection.peer?.frameBytes ?? 0)
    guard payloadBytes <= most else {
      throw CallFailure(
        .resourceExhausted, .replyTooLong,
        "a reply of \(payloadBytes) bytes, and the caller takes \(most); ask for less")
    }
  }

  /// Whether a message may be sent on a kept stream now; nil if the stream is over.
  public func maySend(stream: UInt32) -> Bool? { connection.maySend(stream) }

  /// Books a message that is sent on a kept stream.
  public mutating func sent(stream: UInt32, payloadBytes: Int) {
    connection.sent(stream, payloadBytes: payloadBytes)
  }

  /// Books that the application took a message; returns the credit to grant, if any.
  public mutating func consumed(stream: UInt32, payloadBytes: Int) -> UInt32? {
    connection.consumed(stream, payloadBytes: payloadBytes)
  }

  /// This side ends the connection: no call above ``lastStream`` is looked at from here on.
  public mutating func drain() { connection.leave() }

  /// Anything was sent: the peer knows that this side lives.
  public mutating func wrote(now: UInt64) { connection.wrote(now: now) }

  /// How often ``tick(now:)`` must be called besides, in milliseconds, so that the peer hears of this
  /// side in time; nil where the ticks of the own limits are enough.
  ///
  /// Set by the peer's `HELLO`.
  public var pingMilliseconds: Int? { connection.pingMilliseconds }

  /// To be called every ``WireLimits/tickMilliseconds``: the token of a ping to send, if one is due.
  public mutating func tick(now: UInt64) throws(WireViolation) -> UInt64? {
    try connection.tick(now: now)
  }
}

extension ServerStateMachine {
  /// A ping before the sign-in is over; its form is looked at first, as everywhere.
  private func misplacedPing(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> WireViolation {
    try header.checkConnection()
    guard payload.count == 8 else { throw WireViolation(.malformedFrame, "PING needs 8 bytes") }
    return .misplaced(header)
  }

  private mutating func request(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> OnFrame {
    switch connection.phase {
    case .open where peerIsLeaving:
      throw WireViolation(.unexpectedFrame, "a call after the peer's GOAWAY")
    case .open: break
    case .leaving: return .nothing
    case .greeting, .signingIn: throw .misplaced(header)
    }
    guard header.stream > connection.lastStream else {
      throw WireViolation(
        .badStream, "call \(header.stream) is not above the last, \(connection.lastStream)")
    }
    let head = try RequestHead(reading: payload, header.flags)
    connection.lastStream = header.stream
    let hasMessage = header.flags.contains(.message)
    guard hasMessage || payload.count == head.byteCount else {
      throw WireViolation(.malformedFrame, "REQUEST holds bytes that its flags do not announce")
    }
    let most = connection.limits.streams
    guard connection.streams.count < most else {
      return .refuse(
        stream: header.stream,
        CallFailure(
          .resourceExhausted, .tooManyCalls, "this connection may have \(most) calls open",
          retryAfterMilliseconds: 100))
    }
    return .open(
      stream: header.stream, head: head, hasMessage: hasMessage,
      ended: header.flags.contains(.end))
  }

  private mutating func message(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> OnFrame {
    guard try isLookedAt(header),
      let hasEnded = connection.streams[header.stream]?.peerHasEnded
    else { return .nothing }
    guard !hasEnded else {
      throw WireViolation(.unexpectedFrame, "a message after the last of its stream")
    }
    let hasMessage = header.flags.contains(.message)
    guard hasMessage || (payload.isEmpty && header.flags.contains(.end)) else {
      throw WireViolation(.malformedFrame, "MESSAGE without a message that is no end either")
    }
    if hasMessage {
      try connection.streams[header.stream]?.credit.received(payloadBytes: payload.count)
    }
    if header.flags.contains(.end) { connection.streams[header.stream]?.peerHasEnded = true }
    return .deliver(
      stream: header.stream, hasMessage: hasMessage, ended: header.flags.contains(.end))
  }

  private mutating func cancel(
    _ header: FrameHeader, now: UInt64
  ) throws(WireViolation) -> OnFrame {
    guard try isLookedAt(header) else { return .nothing }
    try connection.cancelled(now: now)
    return connection.streams[header.stream] == nil ? .nothing : .cancel(stream: header.stream)
  }

  /// False for a call that this side no longer looks at since it drains; throws for one that was
  /// never opened.
  private func isLookedAt(_ header: FrameHeader) throws(WireViolation) -> Bool {
    if case .leaving(let last, _) = connection.phase, header.stream > last { return false }
    try connection.checkOpened(header)
    return true
  }
}

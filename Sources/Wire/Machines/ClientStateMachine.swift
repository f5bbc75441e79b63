/// The client's side of a connection: which frame may come when, and what it means.
///
/// Pure, as ``ServerStateMachine``. Every open call is kept here until its result, so that a result
/// for a call that was never opened is a violation and one for a call given up is ignored.
public struct ClientStateMachine: ~Copyable {
  /// What the owner does about a frame.
  public enum OnFrame: Sendable, Hashable {
    /// Nothing.
    case nothing
    /// Hands the SCRAM message, the payload after its first byte, to the authentication.
    case authenticate(AuthenticationStep)
    /// A call succeeded; its message, if it has one, is the payload after its first byte.
    case succeed(stream: UInt32, hasMessage: Bool)
    /// A call failed.
    case fail(stream: UInt32, CallFailure)
    /// Hands a message to its call.
    case deliver(stream: UInt32)
    /// Goes on sending on a stream that had no credit.
    case resume(stream: UInt32)
    /// Sends the ping back.
    case answerPing(UInt64)
    /// The node ends the connection; calls above `lastStream` were not looked at: they may be
    /// tried again elsewhere, whatever they do.
    case goAway(lastStream: UInt32, CallFailure)
  }

  private enum Phase {
    case awaitingHello
    case awaitingServerFirst
    case awaitingServerFinal
    case verifyingServer
    case open
    case leaving
  }

  private let limits: WireLimits
  private let started: UInt64
  private var phase = Phase.awaitingHello
  private var liveness: Liveness
  private var streams = StreamTable<StreamCredit>()
  private var lastStream: UInt32 = 0
  private var peerStreams = 0
  private var peerStreamCreditBytes = 0
  /// The longest payload that the node takes, in bytes; 0 before its `HELLO`.
  public private(set) var peerFrameBytes = 0

  /// A machine that waits for the node's `HELLO`; `now` in milliseconds.
  public init(limits: WireLimits, now: UInt64) {
    self.limits = limits
    started = now
    liveness = Liveness(limits: limits, now: now)
  }

  /// Whether calls may be opened.
  public var isOpen: Bool {
    if case .open = phase { true } else { false }
  }

  /// Calls that have no result yet.
  public var openStreams: Int { streams.count }

  /// Whether the connection has nothing left to do.
  public var isDone: Bool {
    if case .leaving = phase { streams.isEmpty } else { false }
  }

  /// The longest payload to take in this phase, in bytes.
  public var largestPayloadBytes: Int {
    switch phase {
    case .open, .leaving: limits.frameBytes
    default: limits.unauthenticatedFrameBytes
    }
  }

  /// Opens a call of this message size; returns its stream.
  ///
  /// - Throws: ``CallFailure`` before anything is sent: too many calls, a message too long, or a
  ///   connection that ends.
  public mutating func open(payloadBytes: Int) throws(CallFailure) -> UInt32 {
    guard isOpen, lastStream < FrameHeader.largestStream else {
      throw CallFailure(
        .unavailable, .connectionLeaving, "the connection takes no more calls"
      ).notBegun
    }
    guard streams.count < peerStreams else {
      throw CallFailure(
        .resourceExhausted, .tooManyCalls,
        "the node takes \(peerStreams) calls at once on one connection",
        retryAfterMilliseconds: 100
      ).notBegun
    }
    try checkSize(payloadBytes)
    lastStream += 1
    streams[lastStream] = StreamCredit(
      sendWindowBytes: peerStreamCreditBytes, receiveWindowBytes: limits.streamCreditBytes)
    return lastStream
  }

  /// Refuses a payload that the node would not take.
  public func checkSize(_ payloadBytes: Int) throws(CallFailure) {
    guard payloadBytes <= peerFrameBytes else {
      throw CallFailure(
        .invalidArgument, .messageTooLong,
        "a message of \(payloadBytes) bytes; the node takes \(peerFrameBytes)")
    }
  }

  /// Gives a call up.
  ///
  /// Returns false if it was over already.
  public mutating func cancel(stream: UInt32) -> Bool {
    streams.removeValue(forKey: stream) != nil
  }

  /// Whether a message may be sent now; nil if the stream is over.
  public func maySend(stream: UInt32) -> Bool? { streams[stream]?.maySend }

  /// Books a message that is sent on a stream.
  public mutating func sent(stream: UInt32, payloadBytes: Int) {
    streams[stream]?.sent(payloadBytes: payloadBytes)
  }

  /// Books that the application took a message; returns the credit to grant, if any.
  public mutating func consumed(stream: UInt32, payloadBytes: Int) -> UInt32? {
    streams[stream]?.consumed(payloadBytes: payloadBytes)
  }

  /// The node proved itself: calls may be opened.
  public mutating func authenticated() {
    if case .verifyingServer = phase { phase = .open }
  }

  /// This side opens no more calls.
  public mutating func leave() { phase = .leaving }

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
    case .open, .leaving: return try liveness.tick(now: now)
    default:
      if now &- started >= UInt64(limits.authenticationMilliseconds) {
        throw WireViolation(
          .authenticationTimeout,
          "not authenticated within \(limits.authenticationMilliseconds) ms")
      }
      return nil
    }
  }

  /// Takes a frame.
  public mutating func received(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer, now: UInt64
  ) throws(WireViolation) -> OnFrame {
    liveness.received(now: now)
    switch header.type {
    case .result: return try result(header, payload)
    case .message: return try message(header, payload)
    case .credit: return try credit(header, payload)
    case .ping: return try ping(header, payload, now: now)
    case .goAway:
      try header.checkConnection()
      return try goAway(payload)
    case .hello: return try hello(header, payload)
    case .authenticate: return try authenticate(header, payload)
    case .request, .cancel: throw unexpected(header)
    }
  }
}

extension ClientStateMachine {
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
    peerStreams = Int(hello.streams)
    peerStreamCreditBytes = Int(hello.streamCreditBytes)
    liveness.peerSilenceMilliseconds = UInt64(hello.silenceMilliseconds)
    phase = .awaitingServerFirst
    return .nothing
  }

  private mutating func authenticate(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> OnFrame {
    try header.checkConnection()
    let step = payload.first.flatMap(AuthenticationStep.init(rawValue:))
    switch (phase, step) {
    case (.awaitingServerFirst, .serverFirst):
      phase = .awaitingServerFinal
      return .authenticate(.serverFirst)
    case (.awaitingServerFinal, .serverFinal):
      phase = .verifyingServer
      return .authenticate(.serverFinal)
    case (_, nil):
      throw WireViolation(.malformedFrame, "AUTHENTICATE without a step this version knows")
    default: throw unexpected(header)
    }
  }

  private mutating func result(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> OnFrame {
    try checkOpened(header)
    guard streams.removeValue(forKey: header.stream) != nil else { return .nothing }
    guard let status = payload.first else {
      throw WireViolation(.malformedFrame, "RESULT without a status")
    }
    if status == StatusCode.ok.rawValue {
      return .succeed(stream: header.stream, hasMessage: header.flags.contains(.message))
    }
    return .fail(stream: header.stream, try CallFailure(reading: payload))
  }

  private mutating func message(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> OnFrame {
    try checkOpened(header)
    guard header.flags.contains(.message) else {
      throw WireViolation(.malformedFrame, "MESSAGE of a node without a message")
    }
    guard streams[header.stream] != nil else { return .nothing }
    try streams[header.stream]?.received(payloadBytes: payload.count)
    return .deliver(stream: header.stream)
  }

  private mutating func credit(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> OnFrame {
    guard payload.count == 4 else { throw WireViolation(.malformedFrame, "CREDIT needs 4 bytes") }
    try checkOpened(header)
    guard streams[header.stream] != nil else { return .nothing }
    let resumes = try streams[header.stream]?.granted(payload.integer(at: 0)) ?? false
    return resumes ? .resume(stream: header.stream) : .nothing
  }

  private mutating func ping(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer, now: UInt64
  ) throws(WireViolation) -> OnFrame {
    try header.checkConnection()
    guard payload.count == 8 else { throw WireViolation(.malformedFrame, "PING needs 8 bytes") }
    if header.flags.contains(.end) { return .nothing }
    try liveness.pinged(now: now)
    return .answerPing(payload.integer(at: 0))
  }

  private mutating func goAway(
    _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> OnFrame {
    let (last, failure) = try CallFailure.goAway(payload)
    phase = .leaving
    return .goAway(lastStream: last, failure)
  }

  private func checkOpened(_ header: FrameHeader) throws(WireViolation) {
    switch phase {
    case .open, .leaving: break
    default: throw unexpected(header)
    }
    guard header.stream > 0, header.stream <= lastStream else {
      throw WireViolation(.badStream, "stream \(header.stream) was never opened")
    }
  }
}

/// The client's side of a connection: which frame may come when, and what it means.
///
/// Pure, as ``ServerStateMachine``. Every open call is kept here until its result, so that a result
/// for a call that was never opened is a violation and one for a call given up is ignored.
public struct ClientStateMachine: ConnectionMachine, ~Copyable {
  /// What the owner does about a frame.
  public enum OnFrame: Sendable, Hashable {
    /// Nothing.
    case nothing
    /// The node has said what it takes: begins to ping as often as it asks.
    case greeted
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

  private var connection: ConnectionState

  /// A machine that waits for the node's `HELLO`; `now` in milliseconds.
  public init(limits: WireLimits, now: UInt64) {
    connection = ConnectionState(limits: limits, now: now)
  }

  /// Whether calls may be opened.
  public var isOpen: Bool { connection.isOpen }

  /// Calls that have no result yet.
  public var openStreams: Int { connection.streams.count }

  /// Whether the connection has nothing left to do.
  public var isDone: Bool { connection.isDone }

  /// The longest payload to take in this phase, in bytes.
  public var largestPayloadBytes: Int { connection.largestPayloadBytes }

  /// The longest payload that the node takes, in bytes; 0 before its `HELLO`.
  public var peerFrameBytes: Int { Int(connection.peer?.frameBytes ?? 0) }

  /// Whether the node takes a ``TraceContext`` in `REQUEST`.
  public var peerTakesTraces: Bool {
    (connection.peer?.features ?? 0) & Hello.takesTraces != 0
  }

  /// Opens a call of this message size; returns its stream.
  ///
  /// - Parameter payloadBytes: The size of the request's payload.
  /// - Returns: The stream of the call.
  /// - Throws: ``CallFailure`` before anything is sent: too many calls, a message too long, or a
  ///   connection that ends.
  public mutating func open(payloadBytes: Int) throws(CallFailure) -> UInt32 {
    guard case .open(let peer) = connection.phase,
      connection.lastStream < FrameHeader.largestStream
    else {
      throw CallFailure(.unavailable, .connectionLeaving, "the connection takes no more calls")
        .notBegun
    }
    guard connection.streams.count < Int(peer.streams) else {
      throw CallFailure(
        .resourceExhausted, .tooManyCalls,
        "the node takes \(peer.streams) calls at once on one connection",
        retryAfterMilliseconds: 100
      ).notBegun
    }
    try checkSize(payloadBytes: payloadBytes)
    connection.lastStream += 1
    connection.open(connection.lastStream, peerHasEnded: false)
    return connection.lastStream
  }

  /// Refuses a payload that the node would not take.
  public func checkSize(payloadBytes: Int) throws(CallFailure) {
    guard payloadBytes <= peerFrameBytes else {
      throw CallFailure(
        .invalidArgument, .messageTooLong,
        "a message of \(payloadBytes) bytes; the node takes \(peerFrameBytes)")
    }
  }

  /// Gives a call up; false if it was over already.
  public mutating func cancel(stream: UInt32) -> Bool { connection.end(stream) }

  /// Whether a message may be sent now; nil if the stream is over.
  public func maySend(stream: UInt32) -> Bool? { connection.maySend(stream) }

  /// Books a message that is sent on a stream.
  public mutating func sent(stream: UInt32, payloadBytes: Int) {
    connection.sent(stream, payloadBytes: payloadBytes)
  }

  /// Books that the application took a message; returns the credit to grant, if any.
  public mutating func consumed(stream: UInt32, payloadBytes: Int) -> UInt32? {
    connection.consumed(stream, payloadBytes: payloadBytes)
  }

  /// The node proved itself: calls may be opened.
  public mutating func authenticated() { connection.authenticated() }

  /// This side opens no more calls.
  public mutating func leave() { connection.leave() }

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

  /// Takes a frame.
  public mutating func received(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer, now: UInt64
  ) throws(WireViolation) -> OnFrame {
    connection.received(now: now)
    switch header.type {
    case .result: return try result(header, payload)
    case .message: return try message(header, payload)
    case .credit:
      return try connection.credit(header, payload) ? .resume(stream: header.stream) : .nothing
    case .ping:
      return try connection.ping(header, payload, now: now).map(OnFrame.answerPing) ?? .nothing
    case .goAway:
      try header.checkConnection()
      let (last, failure) = try CallFailure.goAway(payload)
      connection.leave()
      return .goAway(lastStream: last, failure)
    case .hello:
      try connection.hello(header, payload)
      return .greeted
    case .authenticate:
      return .authenticate(
        try connection.authenticate(header, payload, first: .serverFirst, final: .serverFinal))
    case .request, .cancel: throw .misplaced(header)
    }
  }
}

extension ClientStateMachine {
  private mutating func result(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> OnFrame {
    try connection.checkOpened(header)
    guard connection.end(header.stream) else { return .nothing }
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
    try connection.checkOpened(header)
    guard header.flags.contains(.message) else {
      throw WireViolation(.malformedFrame, "MESSAGE of a node without a message")
    }
    guard connection.streams[header.stream] != nil else { return .nothing }
    try connection.streams[header.stream]?.credit.received(payloadBytes: payload.count)
    return .deliver(stream: header.stream)
  }
}

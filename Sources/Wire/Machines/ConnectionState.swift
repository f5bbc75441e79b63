/// What the two machines of a connection have in common: the greeting, the steps of the sign-in, the
/// calls that are under way, signs of life, and the end.
///
/// Which frame may come when on which side stands in ``ServerStateMachine`` and
/// ``ClientStateMachine``; each of them holds one of these.
struct ConnectionState: ~Copyable {
  /// How far a connection has come; each phase carries what is known in it.
  enum Phase {
    /// The other side's `HELLO` is awaited, since a time in milliseconds.
    case greeting(since: UInt64)
    /// The sign-in is under way: the step that is awaited next.
    case signingIn(SignInStep, since: UInt64, peer: Hello)
    /// Calls may be opened.
    case open(peer: Hello)
    /// This side has begun to leave; the calls up to the last stream are still finished.
    case leaving(lastStream: UInt32, peer: Hello?)
  }

  /// What is awaited during the sign-in.
  enum SignInStep {
    /// The other side's first message.
    case first
    /// The other side's final message.
    case final
    /// That the owner has looked at the proof.
    case verdict
  }

  let limits: WireLimits
  private(set) var phase: Phase
  private var liveness: Liveness
  /// The calls that are under way.
  var streams = StreamTable<OpenStream>()
  /// The highest stream that was opened.
  var lastStream: UInt32 = 0

  init(limits: WireLimits, now: UInt64) {
    self.limits = limits
    phase = .greeting(since: now)
    liveness = Liveness(limits: limits, now: now)
  }

  /// Whether calls may be opened.
  var isOpen: Bool {
    if case .open = phase { true } else { false }
  }

  /// Whether the sign-in is over: frames of calls have their place.
  var isSignedIn: Bool {
    switch phase {
    case .open, .leaving: true
    case .greeting, .signingIn: false
    }
  }

  /// Whether this side leaves and nothing is left to do.
  var isDone: Bool {
    if case .leaving = phase { streams.isEmpty } else { false }
  }

  /// What the other side has announced; nil before its `HELLO`.
  var peer: Hello? {
    switch phase {
    case .greeting: nil
    case .signingIn(_, _, let peer), .open(let peer): peer
    case .leaving(_, let peer): peer
    }
  }

  /// The longest payload to take in this phase, in bytes.
  var largestPayloadBytes: Int {
    isSignedIn ? limits.frameBytes : limits.unauthenticatedFrameBytes
  }

  // MARK: Greeting and sign-in

  /// Takes the other side's `HELLO`.
  mutating func hello(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) {
    try header.checkConnection()
    guard case .greeting(let since) = phase else { throw .misplaced(header) }
    let peer = try Hello(reading: payload)
    liveness.peerSilenceMilliseconds = UInt64(peer.silenceMilliseconds)
    phase = .signingIn(.first, since: since, peer: peer)
  }

  /// Takes the other side's next step of the sign-in: its first message, then its final one.
  mutating func authenticate(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer, first: AuthenticationStep,
    final: AuthenticationStep
  ) throws(WireViolation) -> AuthenticationStep {
    try header.checkConnection()
    guard let step = payload.first.flatMap(AuthenticationStep.init(rawValue:)) else {
      throw WireViolation(.malformedFrame, "AUTHENTICATE without a step this version knows")
    }
    switch phase {
    case .signingIn(.first, let since, let peer) where step == first:
      phase = .signingIn(.final, since: since, peer: peer)
    case .signingIn(.final, let since, let peer) where step == final:
      phase = .signingIn(.verdict, since: since, peer: peer)
    default: throw .misplaced(header)
    }
    return step
  }

  /// The proof was right.
  mutating func authenticated() {
    if case .signingIn(.verdict, _, let peer) = phase { phase = .open(peer: peer) }
  }

  /// This side begins to leave.
  mutating func leave() { phase = .leaving(lastStream: lastStream, peer: peer) }

  // MARK: Calls

  /// Books a call.
  mutating func open(_ stream: UInt32, peerHasEnded: Bool) {
    streams[stream] = OpenStream(
      credit: StreamCredit(
        sendWindowBytes: Int(peer?.streamCreditBytes ?? 0),
        receiveWindowBytes: limits.streamCreditBytes),
      peerHasEnded: peerHasEnded)
  }

  /// Forgets a call; false if it was over already.
  mutating func end(_ stream: UInt32) -> Bool { streams.removeValue(forKey: stream) != nil }

  /// Refuses a frame of a call that was never opened, or that comes before the sign-in is over.
  func checkOpened(_ header: FrameHeader) throws(WireViolation) {
    guard isSignedIn else { throw .misplaced(header) }
    guard header.stream > 0, header.stream <= lastStream else {
      throw WireViolation(.badStream, "stream \(header.stream) was never opened")
    }
  }

  /// Refuses credit that has not its form.
  func checkCredit(_ payload: UnsafeRawBufferPointer) throws(WireViolation) {
    guard payload.count == 4 else { throw WireViolation(.malformedFrame, "CREDIT needs 4 bytes") }
  }

  /// Books credit that the other side grants; true if sending was held up and may go on.
  ///
  /// Credit for a call that is over is ignored.
  mutating func credit(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> Bool {
    try checkCredit(payload)
    try checkOpened(header)
    return try streams[header.stream]?.credit.granted(payload.integer(at: 0)) ?? false
  }

  /// Whether a message may be sent on a call now; nil if it is over.
  func maySend(_ stream: UInt32) -> Bool? { streams[stream]?.credit.maySend }

  /// Books a message that is sent on a call.
  mutating func sent(_ stream: UInt32, payloadBytes: Int) {
    streams[stream]?.credit.sent(payloadBytes: payloadBytes)
  }

  /// Books that the application took a message; returns the credit to grant, if any.
  mutating func consumed(_ stream: UInt32, payloadBytes: Int) -> UInt32? {
    streams[stream]?.credit.consumed(payloadBytes: payloadBytes)
  }

  // MARK: Signs of life

  /// Any frame came.
  mutating func received(now: UInt64) { liveness.received(now: now) }

  /// Anything was sent.
  mutating func wrote(now: UInt64) { liveness.sent(now: now) }

  /// The other side gave a call up.
  mutating func cancelled(now: UInt64) throws(WireViolation) { try liveness.cancelled(now: now) }

  /// Takes a `PING`; its token if it wants an answer.
  mutating func ping(
    _ header: FrameHeader, _ payload: UnsafeRawBufferPointer, now: UInt64
  ) throws(WireViolation) -> UInt64? {
    try header.checkConnection()
    guard payload.count == 8 else { throw WireViolation(.malformedFrame, "PING needs 8 bytes") }
    if header.flags.contains(.end) { return nil }
    try liveness.pinged(now: now)
    return payload.integer(at: 0)
  }

  /// How often ``tick(now:)`` is needed besides the own limits' ticks, in milliseconds; nil: it is not.
  var pingMilliseconds: Int? { liveness.pingMilliseconds }

  /// The token of a ping to send, if one is due.
  ///
  /// - Throws: `silent`, or `authentication-timeout` before the sign-in is over.
  mutating func tick(now: UInt64) throws(WireViolation) -> UInt64? {
    switch phase {
    case .open, .leaving: return try liveness.tick(now: now)
    case .greeting(let since), .signingIn(_, let since, _):
      if now &- since >= UInt64(limits.authenticationMilliseconds) {
        throw WireViolation(
          .authenticationTimeout,
          "not authenticated within \(limits.authenticationMilliseconds) ms")
      }
      return nil
    }
  }
}

extension WireViolation {
  /// A frame that has no place in this state.
  static func misplaced(_ header: FrameHeader) -> WireViolation {
    WireViolation(.unexpectedFrame, "\(header.type) has no place here")
  }
}

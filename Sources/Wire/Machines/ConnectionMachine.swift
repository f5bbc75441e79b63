/// What a connection asks of its state machine on either side: the same for the server's and the
/// client's, whose frames and calls differ.
public protocol ConnectionMachine: SendableMetatype, ~Copyable {
  /// The longest payload to take in this phase, in bytes.
  var largestPayloadBytes: Int { get }
  /// How often ``tick(now:)`` must be called besides, in milliseconds, so that the other side hears of
  /// this one in time; nil where the ticks of the own limits are enough.
  ///
  /// Set by the other side's `HELLO`.
  var pingMilliseconds: Int? { get }
  /// The sign-in is over on this side too: calls may be opened.
  mutating func authenticated()
  /// Whether a message may be sent on a stream now; nil if the stream is over.
  func maySend(stream: UInt32) -> Bool?
  /// Refuses a payload that the other side would not take.
  func checkSize(payloadBytes: Int) throws(CallFailure)
  /// Books a message that is sent on a stream.
  mutating func sent(stream: UInt32, payloadBytes: Int)
  /// Books that the application took a message; returns the credit to grant, if any.
  mutating func consumed(stream: UInt32, payloadBytes: Int) -> UInt32?
  /// Anything was sent, at a time in milliseconds: the other side knows that this one lives.
  mutating func wrote(now: UInt64)
  /// To be called every ``WireLimits/tickMilliseconds``, with the time in milliseconds: the token of a
  /// ping to send, if one is due.
  mutating func tick(now: UInt64) throws(WireViolation) -> UInt64?
}

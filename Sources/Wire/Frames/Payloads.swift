/// The payload of `HELLO`: the sender's version and features, and what it takes from the peer.
///
/// Twenty-two bytes, of which the last four may be missing; a later version may append, and what
/// follows is ignored.
public struct Hello: Sendable, Hashable {
  /// The payload's size, in bytes.
  public static let byteCount = 22
  /// The least that a payload has, in bytes: it ends before the features.
  static let leastByteCount = 18
  /// The version that this module speaks.
  public static let currentVersion: UInt16 = 1
  /// The least that a side may announce as its longest payload, in bytes.
  public static let leastFrameBytes: UInt32 = 4096

  /// The sender's version.
  public var version: UInt16
  /// The longest payload the sender takes after authentication, in bytes.
  public var frameBytes: UInt32
  /// How many calls the peer may have open at once.
  public var streams: UInt32
  /// The credit that each stream towards the sender starts with, in bytes.
  public var streamCreditBytes: UInt32
  /// The longest silence the sender accepts, in milliseconds; the peer pings before it ends.
  public var silenceMilliseconds: UInt32
  /// What the sender can do beyond its version, a bit each; bits that are not known are ignored.
  public var features: UInt32
  /// The bit of a side that takes a ``TraceContext`` in `REQUEST`.
  public static let takesTraces: UInt32 = 0x0000_0001

  /// What a side with these limits announces.
  public init(_ limits: WireLimits, version: UInt16 = Hello.currentVersion) {
    self.version = version
    frameBytes = UInt32(clamping: limits.frameBytes)
    streams = UInt32(clamping: limits.streams)
    streamCreditBytes = UInt32(clamping: limits.streamCreditBytes)
    silenceMilliseconds = UInt32(clamping: limits.silenceMilliseconds)
    features = Hello.takesTraces
  }

  /// Reads a payload.
  init(reading payload: UnsafeRawBufferPointer) throws(WireViolation) {
    guard payload.count >= Hello.leastByteCount else {
      throw WireViolation(.malformedFrame, "HELLO of \(payload.count) bytes, at least 18 needed")
    }
    version = payload.integer(at: 0)
    frameBytes = payload.integer(at: 2)
    streams = payload.integer(at: 6)
    streamCreditBytes = payload.integer(at: 10)
    silenceMilliseconds = payload.integer(at: 14)
    features = payload.count >= Hello.byteCount ? payload.integer(at: 18) : 0
    guard version >= 1 else {
      throw WireViolation(
        .unsupportedVersion, "version \(version); this side speaks 1; update the other")
    }
    guard frameBytes >= Hello.leastFrameBytes, streamCreditBytes >= 1024,
      silenceMilliseconds >= 1000,
      streamCreditBytes <= WireLimits.largestCreditBytes
    else {
      throw WireViolation(.malformedFrame, "HELLO announces limits that no call could keep")
    }
  }
}

/// The steps of the authentication, in order; each carries one SCRAM message (RFC 5802).
public enum AuthenticationStep: UInt8, Sendable, CaseIterable {
  /// Client: the first message, with the name.
  case clientFirst = 1
  /// Server: salt, iterations and nonce.
  case serverFirst = 2
  /// Client: the proof.
  case clientFinal = 3
  /// Server: its own proof. From here calls may be opened.
  case serverFinal = 4
}

/// The head of a request: which method, how long the caller waits, and of which trace it is.
public struct RequestHead: Sendable, Hashable {
  /// The size of a head without a trace, in bytes.
  public static let leastByteCount = 8
  /// FNV-1a (32 bit) of the method's full name, as in `xiecha.v1.Items/Enter`.
  public var method: UInt32
  /// The time that is left for the call, in milliseconds; 0 sets none.
  public var timeoutMilliseconds: UInt32
  /// The trace; sent only where the peer's `HELLO` has ``Hello/takesTraces``.
  public var trace: TraceContext?
  /// The head's size, in bytes.
  public let byteCount: Int

  /// A head of its parts.
  public init(method: UInt32, timeoutMilliseconds: UInt32, trace: TraceContext? = nil) {
    self.method = method
    self.timeoutMilliseconds = timeoutMilliseconds
    self.trace = trace
    byteCount = RequestHead.byteCount(hasTrace: trace != nil)
  }

  init(
    reading payload: UnsafeRawBufferPointer, _ flags: FrameFlags
  ) throws(WireViolation) {
    byteCount = RequestHead.byteCount(hasTrace: flags.contains(.trace))
    guard payload.count >= byteCount else {
      throw WireViolation(
        .malformedFrame, "REQUEST of \(payload.count) bytes, at least \(byteCount) needed")
    }
    method = payload.integer(at: 0)
    timeoutMilliseconds = payload.integer(at: 4)
    guard flags.contains(.trace) else { return }
    trace = TraceContext(
      reading: UnsafeRawBufferPointer(rebasing: payload[RequestHead.leastByteCount..<byteCount]))
  }

  private static func byteCount(hasTrace: Bool) -> Int {
    leastByteCount + (hasTrace ? TraceContext.byteCount : 0)
  }
}

extension CallFailure {
  /// The longest sentence that travels, in bytes of UTF-8.
  ///
  /// With its words a failure stays under ``Hello/leastFrameBytes``, so that every peer can be told
  /// why.
  public static let longestTextBytes = 3000
  /// The longest reason, and the longest path of a field, in bytes: their length is one byte.
  public static let longestWordBytes = 255

  /// Reads the payload of `GOAWAY`: the last stream that was looked at, and why the side leaves.
  static func goAway(
    _ payload: UnsafeRawBufferPointer
  ) throws(WireViolation) -> (lastStream: UInt32, CallFailure) {
    guard payload.count >= 4 else { throw WireViolation(.malformedFrame, "GOAWAY too short") }
    return (
      payload.integer(at: 0),
      try CallFailure(reading: UnsafeRawBufferPointer(rebasing: payload.dropFirst(4)))
    )
  }

  /// Reads the failure in a `RESULT`, or in a `GOAWAY` after its stream number.
  init(reading payload: UnsafeRawBufferPointer) throws(WireViolation) {
    var rest = payload[...]
    func malformed() -> WireViolation {
      WireViolation(.malformedFrame, "a failure of \(payload.count) bytes that ends too early")
    }
    func take(_ count: Int) throws(WireViolation) -> Slice<UnsafeRawBufferPointer> {
      guard rest.count >= count else { throw malformed() }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    guard payload.count >= 7, let status = StatusCode(rawValue: payload[0]), status != .ok else {
      throw malformed()
    }
    let retry: UInt32 = payload.integer(at: 1)
    rest = rest.dropFirst(5)
    let reason = String(decoding: try take(Int(try take(1).first ?? 0)), as: UTF8.self)
    let field = String(decoding: try take(Int(try take(1).first ?? 0)), as: UTF8.self)
    self.init(
      status, word: reason, field: field, String(decoding: rest, as: UTF8.self),
      retryAfterMilliseconds: retry)
  }
}

extension UnsafeRawBufferPointer {
  /// A big-endian integer; the caller has checked the length.
  func integer<Number: FixedWidthInteger>(at offset: Int) -> Number {
    Number(bigEndian: loadUnaligned(fromByteOffset: offset, as: Number.self))
  }
}

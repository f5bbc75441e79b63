/// What may still travel on one stream, in each direction, in bytes.
///
/// A message costs its payload and its header, so that empty messages are not free. A side may send
/// while its credit is above zero and may overdraw by one message: a message longer than the window
/// passes, and the window still bounds what waits at the receiver to itself plus one frame.
public struct StreamCredit: Sendable, Hashable {
  /// What this side may still send; not positive means: wait.
  public private(set) var toSend: Int
  private var toReceive: Int
  private var consumed = 0
  private let window: Int

  /// The credits that both sides start a stream with, as each announced it in `HELLO`.
  public init(sendWindowBytes: Int, receiveWindowBytes: Int) {
    toSend = sendWindowBytes
    toReceive = receiveWindowBytes
    window = receiveWindowBytes
  }

  /// What a message of this payload costs, in bytes.
  public static func cost(payloadBytes: Int) -> Int { FrameHeader.byteCount + payloadBytes }

  /// Whether a message may be sent now.
  public var maySend: Bool { toSend > 0 }

  /// Books a message that this side sends.
  public mutating func sent(payloadBytes: Int) { toSend -= Self.cost(payloadBytes: payloadBytes) }

  /// Books a message from the peer.
  public mutating func received(payloadBytes: Int) throws(WireViolation) {
    guard toReceive > 0 else {
      throw WireViolation(.creditExceeded, "a message came where no credit was left")
    }
    toReceive -= Self.cost(payloadBytes: payloadBytes)
  }

  /// Books that the application took a message; returns the bytes to grant the peer, if any.
  ///
  /// Grants are gathered until they are worth a frame: half the window.
  public mutating func consumed(payloadBytes: Int) -> UInt32? {
    consumed += Self.cost(payloadBytes: payloadBytes)
    guard consumed * 2 >= window else { return nil }
    defer { consumed = 0 }
    toReceive += consumed
    return UInt32(clamping: consumed)
  }

  /// Books a grant of the peer.
  ///
  /// Returns true if sending was blocked and may go on.
  public mutating func granted(_ bytes: UInt32) throws(WireViolation) -> Bool {
    guard bytes > 0 else { throw WireViolation(.malformedFrame, "CREDIT of 0 bytes") }
    let wasBlocked = !maySend
    toSend += Int(bytes)
    guard toSend <= WireLimits.largestCreditBytes else {
      throw WireViolation(.creditOverflow, "credit past \(WireLimits.largestCreditBytes) bytes")
    }
    return wasBlocked && maySend
  }
}

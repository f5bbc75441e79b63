/// What a frame is.
///
/// The numbers are the wire's.
public enum FrameType: UInt8, Sendable, CaseIterable {
  /// The first frame of each side: version and limits.
  case hello = 1
  /// One message of the authentication.
  case authenticate = 2
  /// Opens a call.
  case request = 3
  /// One message of a streaming call.
  case message = 4
  /// Ends a call, with its outcome.
  case result = 5
  /// The caller gives a call up.
  case cancel = 6
  /// Lets the peer send more on a stream.
  case credit = 7
  /// Asks for, or gives, a sign of life.
  case ping = 8
  /// The last frame of a side that ends the connection.
  case goAway = 9
}

/// The flags of a frame; which apply is set by its type.
public struct FrameFlags: OptionSet, Sendable, Hashable {
  /// The bits as they travel.
  public let rawValue: UInt8
  /// Flags from their bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// `REQUEST`, `MESSAGE`: the sender sends no more messages on this stream.
  ///
  /// `PING`: the answer.
  public static let end = FrameFlags(rawValue: 0x01)
  /// `REQUEST`, `MESSAGE`, `RESULT`: the payload holds a message, perhaps of zero bytes.
  public static let message = FrameFlags(rawValue: 0x02)
  /// `REQUEST`: the head says which trace the call belongs to.
  public static let trace = FrameFlags(rawValue: 0x04)
}

/// The ten bytes in front of every payload, big-endian: length (4), type (1), flags (1), stream (4).
public struct FrameHeader: Sendable, Hashable {
  /// The header's size, in bytes.
  public static let byteCount = 10
  /// The highest stream number; a connection that has used it opens no more calls.
  public static let largestStream: UInt32 = 0x7fff_ffff

  /// The payload's length in bytes, the header not counted.
  public var payloadBytes: Int
  /// The frame's type.
  public var type: FrameType
  /// The frame's flags.
  public var flags: FrameFlags
  /// The call that the frame belongs to; 0 is the connection itself.
  public var stream: UInt32

  /// A header of its parts.
  public init(_ type: FrameType, _ flags: FrameFlags = [], stream: UInt32, payloadBytes: Int) {
    self.payloadBytes = payloadBytes
    self.type = type
    self.flags = flags
    self.stream = stream
  }
  /// Refuses a frame of the connection itself that names a call.
  func checkConnection() throws(WireViolation) {
    guard stream == 0 else {
      throw WireViolation(.badStream, "\(type) belongs to the connection, which is stream 0")
    }
  }
}

/// The limits of a connection, each with its unit in its name and its reason beside it.
///
/// What one side announces in `HELLO` binds the other.
public struct WireLimits: Sendable, Hashable {
  /// The longest payload this side takes once the peer is authenticated, in bytes.
  ///
  /// An item is under 4 KiB; a page of a list under 64 KiB. At least ``Hello/leastFrameBytes``.
  public var frameBytes: Int
  /// The longest payload before authentication, in bytes: a SCRAM message is under 1 KiB.
  ///
  /// Part of version 1, because nothing is agreed yet: both sides take as much as
  /// ``Hello/leastFrameBytes``.
  public var unauthenticatedFrameBytes: Int
  /// Calls open at once on one connection.
  public var streams: Int
  /// Bidirectional calls among them.
  ///
  /// Each may hold its credit and one frame of messages that nobody has taken yet; a link between
  /// nodes needs one.
  public var exchanges: Int
  /// What may be under way to this side on one stream and not yet consumed, in bytes.
  public var streamCreditBytes: Int
  /// TLS handshake and authentication together, in milliseconds.
  public var authenticationMilliseconds: Int
  /// The longest silence this side accepts, in milliseconds: the peer pings before it ends.
  public var silenceMilliseconds: Int
  /// Pings answered within one `floodWindowMilliseconds`; a keepalive needs two a minute.
  public var pingsPerWindow: Int
  /// Calls cancelled by the peer within one `floodWindowMilliseconds` (rapid reset).
  public var cancelsPerWindow: Int
  /// The window that ping and cancel floods are counted in, in milliseconds.
  public var floodWindowMilliseconds: Int
  /// Output that waits for a peer that does not read, in bytes: past it nothing more is read from
  /// the peer, and no stream sends.
  ///
  /// It is what each of ten thousand peers can make a node hold.
  public var waitingOutputBytes: Int
  /// The same, when calls that were under way go on answering: past it the connection ends.
  ///
  /// Some hundred pages of a list.
  public var unreadOutputBytes: Int

  /// How often a side looks at the time limits, in milliseconds.
  public var tickMilliseconds: Int {
    max(1, min(authenticationMilliseconds, silenceMilliseconds / 3))
  }

  /// The largest credit that one stream can hold, in bytes.
  public static let largestCreditBytes = 1 << 30

  /// The settings of a node, good for 2 GiB of memory and ten thousand connections.
  public static let standard = WireLimits(
    frameBytes: 1 << 20, unauthenticatedFrameBytes: 4 << 10, streams: 1024,
    exchanges: 16, streamCreditBytes: 256 << 10, authenticationMilliseconds: 10_000,
    silenceMilliseconds: 90_000, pingsPerWindow: 32, cancelsPerWindow: 2_000,
    floodWindowMilliseconds: 10_000, waitingOutputBytes: 256 << 10,
    unreadOutputBytes: 8 << 20)
}

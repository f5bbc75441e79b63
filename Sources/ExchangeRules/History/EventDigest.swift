/// What an event is called by those that follow it: SHA-256 over the event as its author wrote it.
public struct EventDigest: Hashable, Sendable, Comparable {
  /// How many bytes a digest has.
  public static let byteCount = 32

  /// The bytes.
  public let bytes: [UInt8]

  /// The digest with these 32 bytes, or nil when there are more or fewer.
  public init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = Array(bytes)
  }

  /// Ordered as the bytes are, which means nothing but is the same everywhere.
  public static func < (left: Self, right: Self) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

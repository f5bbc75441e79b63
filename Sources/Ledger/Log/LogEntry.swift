internal import Credentials

/// What a line of the log stands for; each is hashed apart, so that none passes for another.
enum LogEntry {
  /// An event that this node has written: its digest.
  case written([UInt8])
  /// An event that a neighbour has told: its digest.
  case taken([UInt8])
  /// A trace that was left (G2): its hash.
  case trace([UInt8])

  /// The hash of the entry in its page's tree: RFC 9162 over a letter and the digest.
  var leaf: [UInt8] {
    switch self {
    case .written(let digest): HashTree.leaf(Self.letterOfWritten, digest)
    case .taken(let digest): HashTree.leaf(Self.letterOfTaken, digest)
    case .trace(let hash): HashTree.leaf(Self.letterOfTrace, hash)
    }
  }

  private static let letterOfWritten = [UInt8(ascii: "W")]
  private static let letterOfTaken = [UInt8(ascii: "R")]
  private static let letterOfTrace = [UInt8(ascii: "T")]
}

/// Where something stands in the log.
public struct LogPlace: Hashable, Sendable {
  /// The page, from 1; 0: nowhere, it was written before there was a log.
  public var page: Int64
  /// The entry of the page, from 0.
  public var entry: Int32

  /// Nowhere.
  public static let none = LogPlace(page: 0, entry: 0)
}

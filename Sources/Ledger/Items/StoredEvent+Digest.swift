internal import Credentials
public import ExchangeRules

extension StoredEvent {
  /// What the event is called by those that follow it.
  ///
  /// SHA-256 over: a mark, the identities of event and item, the kind, the time, the account, role,
  /// division and note each with its length, the digests that it follows with their number, and
  /// SHA-256 over the detail's bytes. Numbers are big-endian of 8 bytes (`Protos/PROTOCOL.md`, "The
  /// digest of an event"). The seal is no part of it.
  public var digest: EventDigest {
    guard let digest = EventDigest(SHA256Digest.of(digested)) else {
      preconditionFailure("SHA-256 has 32 bytes")
    }
    return digest
  }

  /// The bytes over which the digest is taken.
  public var digested: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(320)
    bytes += Self.mark
    bytes += id.bytes
    bytes += item.bytes
    bytes.append(bigEndian: Int64(kind.rawValue))
    bytes.append(bigEndian: at)
    for text in [actor.account, actor.role, actor.division, note] {
      bytes.append(bigEndian: Int64(text.utf8.count))
      bytes += text.utf8
    }
    bytes.append(bigEndian: Int64(follows.count))
    for digest in follows { bytes += digest.bytes }
    bytes += contentDigest
    return bytes
  }

  private static let mark = Array("xiecha event 1".utf8)
}

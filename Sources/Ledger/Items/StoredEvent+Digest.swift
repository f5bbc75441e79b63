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
    bytes.reserveCapacity(256)
    bytes += Self.mark
    bytes += id.bytes
    bytes += item.bytes
    Self.append(Int64(kind.rawValue), to: &bytes)
    Self.append(at, to: &bytes)
    for text in [actor.account, actor.role, actor.division, note] {
      Self.append(Int64(text.utf8.count), to: &bytes)
      bytes += text.utf8
    }
    Self.append(Int64(follows.count), to: &bytes)
    for digest in follows { bytes += digest.bytes }
    return bytes + SHA256Digest.of(body)
  }

  private static let mark = Array("xiecha event 1".utf8)

  private static func append(_ number: Int64, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }
}

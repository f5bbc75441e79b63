/// By what a node knows what it wrote itself: HMAC-SHA-256 under a secret that stays in its store and
/// in the store's backups.
///
/// Nobody else can make it, and it proves nothing to anybody else.
public struct NodeSeal: Sendable {
  private let secret: [UInt8]
  /// Since when the node's events bear it: milliseconds since 1970.
  public let since: Int64

  /// The seal of a secret, in use since a time.
  public init(_ secret: String, since: Int64) {
    self.secret = Array(secret.utf8)
    self.since = since
  }

  /// The seal on a digest, 32 bytes.
  public func on(_ digest: [UInt8]) -> [UInt8] { SHA256Functions.hmac(key: secret, digest) }

  /// Whether this node has put the seal on the digest.
  public func isOwn(_ seal: [UInt8], on digest: [UInt8]) -> Bool {
    let own = on(digest)
    guard seal.count == own.count else { return false }
    return zip(seal, own).reduce(0) { $0 | $1.0 ^ $1.1 } == 0
  }
}

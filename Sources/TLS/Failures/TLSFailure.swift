/// What went wrong with a certificate, a key, a handshake or a secured connection.
///
/// A failure of a connection ends that connection and nothing else. A failure to load names the
/// file and what to do about it.
public struct TLSFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The stable words that programs and logs go by.
  public enum Kind: String, Sendable, CaseIterable {
    /// A file is not there or may not be read.
    case unreadableFile = "unreadable-file"
    /// A file holds no certificate in PEM.
    case malformedCertificate = "malformed-certificate"
    /// The private key is missing, encrypted or not PEM.
    case unreadableKey = "unreadable-key"
    /// The private key belongs to another certificate.
    case keyMismatch = "key-mismatch"
    /// A file holds no revocation list in PEM, or one that its issuer has not signed.
    case malformedRevocationList = "malformed-revocation-list"
    /// A file is there already and may not be replaced.
    case fileExists = "file-exists"
    /// A file could not be written.
    case unwritableFile = "unwritable-file"
    /// An argument that no certificate can carry.
    case invalidArgument = "invalid-argument"
    /// No trust root vouches for the peer's certificate.
    case untrustedPeer = "untrusted-peer"
    /// The peer's certificate is past its time, or before it.
    case peerOutOfDate = "peer-out-of-date"
    /// The peer's certificate is on the revocation list.
    case peerRevoked = "peer-revoked"
    /// The revocation list itself is past its time, so nothing can be said about the peer.
    case revocationListOutOfDate = "revocation-list-out-of-date"
    /// The peer proved to be another division than the one called.
    case wrongPeer = "wrong-peer"
    /// The peer does not speak `xiecha/1`.
    case noCommonProtocol = "no-common-protocol"
    /// No TLS version, cipher suite or group in common.
    case noCommonVersion = "no-common-version"
    /// The peer refused this side: its alert is in the text.
    case refusedByPeer = "refused-by-peer"
    /// The peer's bytes are not TLS, or break it.
    case malformedRecord = "malformed-record"
    /// The connection ended without the peer's close_notify: the last message may be cut.
    case truncated = "truncated"
    /// Written after the connection was closed.
    case closed = "closed"
    /// OpenSSL failed in a way that no input explains: memory, or a missing provider.
    case `internal` = "internal"
  }

  /// What it was.
  public let kind: Kind
  /// A sentence with the file or the peer's fault, the remedy, and OpenSSL's own words.
  public let text: String

  /// A failure with its sentence.
  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  /// `kind: text`.
  public var description: String { "\(kind.rawValue): \(text)" }
}

/// Which files prove who this side is, and whom it believes.
///
/// Each file is PEM. The files are read when a ``TLSContext`` is made or reloaded, never in
/// between.
public struct TLSConfiguration: Sendable, Hashable {
  /// The oldest version that a handshake may end with.
  public enum Version: String, Sendable, CaseIterable {
    /// TLS 1.2 with ECDHE and an AEAD cipher, for a site whose middle boxes stop 1.3. The channel
    /// binding of the sign-in then needs the extended master secret, without which it is refused.
    case v12 = "1.2"
    /// TLS 1.3 only.
    case v13 = "1.3"
  }

  /// The certificate of this side, then what links it to the root.
  ///
  /// A server must have one; an operator's program signs in by password and needs none.
  public var certificateChainFile: String?
  /// The private key of the certificate, not encrypted, mode 0600.
  public var privateKeyFile: String?
  /// The authorities that this side believes.
  public var trustRootsFile: String
  /// The certificates that no longer count: one list or several, of a trust root and of others
  /// that issue below it; nil checks none.
  public var revocationListFile: String?
  /// The oldest version taken.
  public var minimumVersion: Version
  /// What is spoken.
  public var application: ApplicationProtocol

  /// A configuration of its parts.
  public init(
    certificateChainFile: String? = nil, privateKeyFile: String? = nil, trustRootsFile: String,
    revocationListFile: String? = nil, minimumVersion: Version = .v13,
    application: ApplicationProtocol = .exchange
  ) {
    self.certificateChainFile = certificateChainFile
    self.privateKeyFile = privateKeyFile
    self.trustRootsFile = trustRootsFile
    self.revocationListFile = revocationListFile
    self.minimumVersion = minimumVersion
    self.application = application
  }
}

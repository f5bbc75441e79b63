/// Who signs a ledger's log: the node, by the key of its certificate.
public protocol LogSigner: Sendable {
  /// SHA-256 of the certificate in DER, 32 bytes.
  var fingerprint: [UInt8] { get }

  /// The signature over some bytes, at most 160 bytes.
  func sign(_ bytes: [UInt8]) throws -> [UInt8]
}

/// Who signs a ledger's log: the node, by the key of its certificate.
public protocol LogSigner: Sendable {
  /// SHA-256 of the certificate in DER, 32 bytes.
  var fingerprint: [UInt8] { get }

  /// Signs some bytes.
  ///
  /// - Parameters:
  ///   - bytes: What is signed.
  ///   - time: The time that stands in what is signed, in milliseconds since 1970.
  /// - Returns: The signature, at most 160 bytes.
  /// - Throws: Why nobody would believe a signature of that time: then nothing of the commit is kept.
  func sign(_ bytes: [UInt8], at time: Int64) throws -> [UInt8]
}

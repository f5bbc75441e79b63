import COpenSSL

/// What a node signs with: the certificate by which its neighbours know it, and its key.
public final class SigningKey: @unchecked Sendable {
  /// Who signs.
  public let signatory: Signatory
  // Never changed once it is here; signing with it is safe on every thread.
  private let key: OpaquePointer

  /// Reads certificate, authorities and key from a node's files.
  ///
  /// - Throws: Which file is missing or does not fit, and the remedy.
  public init(_ configuration: TLSConfiguration) throws(TLSFailure) {
    guard let chainFile = configuration.certificateChainFile,
      let keyFile = configuration.privateKeyFile
    else {
      throw TLSFailure(
        .invalidArgument, "a node needs certificateChainFile and privateKeyFile to sign with")
    }
    let bytes = try PEMFile.bytes(chainFile, what: "certificate")
    let chain = try PEMFile.certificates(bytes, path: chainFile, what: "certificate")
    let authorities = chain.dropFirst().map(Signatory.bytes)
    for authority in chain.dropFirst() { X509_free(authority) }
    guard
      let signatory = Signatory(owning: chain[0], Signatory.bytes(of: chain[0]), authorities)
    else {
      throw TLSFailure(
        .malformedCertificate, "certificate \(chainFile): OpenSSL will not use it; issue it again")
    }
    let key = try PEMFile.ownPrivateKey(keyFile)
    guard X509_check_private_key(signatory.leaf, key) == 1 else {
      EVP_PKEY_free(key)
      throw ErrorQueue.failure(
        .keyMismatch, "private key \(keyFile): key does not match certificate \(chainFile)")
    }
    self.signatory = signatory
    self.key = key
  }

  deinit { EVP_PKEY_free(key) }

  /// The longest signature, in bytes: P-256 in DER has at most 72.
  public static let signatureBytes = 160

  /// Signs some bytes: ECDSA with SHA-256, in DER.
  public func sign(_ bytes: [UInt8]) throws(TLSFailure) -> [UInt8] {
    try SigningKey.sign(bytes, by: key)
  }

  static func sign(_ bytes: [UInt8], by key: OpaquePointer) throws(TLSFailure) -> [UInt8] {
    ErrorQueue.clear()
    var signature = [UInt8](repeating: 0, count: SigningKey.signatureBytes)
    var count = signature.count
    guard let context = EVP_MD_CTX_new() else {
      throw ErrorQueue.failure(.internal, "no memory to sign with")
    }
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
      EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1
    else { throw ErrorQueue.failure(.internal, "the key cannot sign") }
    signature.removeLast(signature.count - count)
    return signature
  }
}

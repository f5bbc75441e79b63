import COpenSSL

/// A request for a certificate (PKCS #10, RFC 2986): a public key, and the proof that whoever asks has
/// the private one.
///
/// It carries nothing else: whose the certificate becomes follows from who asks.
public struct CertificateRequest: Sendable, Hashable {
  /// The request, in DER.
  public let bytes: [UInt8]

  /// The longest request that is taken, in bytes: ours have about 200.
  public static let longestBytes = 4096

  /// Asks for a certificate for the key in a file, which nobody else may read.
  public init(keyFile: String) throws(TLSFailure) {
    let key = try PEMFile.ownPrivateKey(keyFile)
    defer { EVP_PKEY_free(key) }
    ErrorQueue.clear()
    guard let request = X509_REQ_new() else { throw CertificateRequest.unwritable }
    defer { X509_REQ_free(request) }
    guard X509_REQ_set_version(request, 0) == 1, X509_REQ_set_pubkey(request, key) == 1,
      X509_REQ_sign(request, key, EVP_sha256()) > 0
    else { throw CertificateRequest.unwritable }
    let count = Int(i2d_X509_REQ(request, nil))
    guard count > 0 else { throw CertificateRequest.unwritable }
    bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      var place: UnsafeMutablePointer<UInt8>? = buffer.baseAddress
      used = max(0, Int(i2d_X509_REQ(request, &place)))
    }
  }

  /// A request that came from elsewhere: of a P-256 key, and signed by it.
  ///
  /// - Throws: What is wrong with it.
  public init(_ bytes: [UInt8]) throws(TLSFailure) {
    self.bytes = bytes
    EVP_PKEY_free(try CertificateRequest.key(in: bytes))
  }

  /// Whether two requests are for one key; each bears a signature of its own.
  public func hasKey(of other: CertificateRequest) throws(TLSFailure) -> Bool {
    let key = try key()
    defer { EVP_PKEY_free(key) }
    let others = try other.key()
    defer { EVP_PKEY_free(others) }
    return EVP_PKEY_eq(key, others) == 1
  }

  /// Whether a certificate is for the request's key.
  public func isAnswered(by certificate: Signatory) throws(TLSFailure) -> Bool {
    let key = try key()
    defer { EVP_PKEY_free(key) }
    return EVP_PKEY_eq(key, X509_get0_pubkey(certificate.leaf)) == 1
  }

  /// The public key, which the caller frees.
  func key() throws(TLSFailure) -> OpaquePointer { try CertificateRequest.key(in: bytes) }

  private static func key(in bytes: [UInt8]) throws(TLSFailure) -> OpaquePointer {
    ErrorQueue.clear()
    defer { ErrorQueue.clear() }
    guard bytes.count <= longestBytes, let request = read(bytes) else {
      throw TLSFailure(.invalidArgument, "certificate request: not one in DER (PKCS #10)")
    }
    defer { X509_REQ_free(request) }
    guard let key = X509_REQ_get_pubkey(request) else {
      throw TLSFailure(.invalidArgument, "certificate request: it holds no public key")
    }
    var name = [CChar](repeating: 0, count: 32)
    guard EVP_PKEY_get_group_name(key, &name, name.count, nil) == 1,
      name.prefix(while: { $0 != 0 }).elementsEqual("prime256v1".utf8.map { CChar($0) })
    else {
      EVP_PKEY_free(key)
      throw TLSFailure(.invalidArgument, "certificate request: its key is not of P-256")
    }
    guard X509_REQ_verify(request, key) == 1 else {
      EVP_PKEY_free(key)
      throw TLSFailure(.invalidArgument, "certificate request: its key has not signed it")
    }
    return key
  }

  private static func read(_ bytes: [UInt8]) -> OpaquePointer? {
    bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return nil }
      var place: UnsafePointer<UInt8>? = start
      guard let request = d2i_X509_REQ(nil, &place, bytes.count) else { return nil }
      if place == start + bytes.count { return request }
      X509_REQ_free(request)
      return nil
    }
  }

  private static var unwritable: TLSFailure {
    ErrorQueue.failure(.internal, "a certificate request cannot be written")
  }
}

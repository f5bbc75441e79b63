import COpenSSL

/// Somebody whose signatures can be checked: a certificate, and the authorities between it and a root.
///
/// That a root vouches for it is for ``SignatoryTrust`` to say.
public final class Signatory: @unchecked Sendable {
  /// SHA-256 of the certificate: what a signature names its signatory by.
  public let fingerprint: [UInt8]
  /// The division whose node it is; nil where the certificate names none, or more than one.
  public let division: String?
  /// The first and the last second of the certificate's validity, in seconds since 1970.
  public let validity: ClosedRange<Int64>
  /// The certificate, in DER.
  public let certificate: [UInt8]
  /// The authorities between it and a root, in DER, each followed by its issuer.
  public let authorities: [[UInt8]]
  /// What tells the certificate from all others of the network.
  let number: CertificateNumber
  // Never changed once it is here: reading it is safe on every thread.
  let leaf: OpaquePointer

  /// The longest certificate that is taken, in bytes: ours have about 600.
  public static let certificateBytes = 8 << 10
  /// Authorities between a certificate and its root, at most.
  public static let authoritiesAtMost = 4

  /// Reads a certificate that came from elsewhere; nil for what is none.
  public convenience init?(certificate: [UInt8], authorities: [[UInt8]]) {
    guard certificate.count <= Signatory.certificateBytes,
      authorities.count <= Signatory.authoritiesAtMost,
      let leaf = Signatory.read(certificate)
    else { return nil }
    self.init(owning: leaf, certificate, authorities)
  }

  /// Takes over a certificate; nil where OpenSSL will not use it.
  init?(owning leaf: OpaquePointer, _ certificate: [UInt8], _ authorities: [[UInt8]]) {
    self.leaf = leaf
    let from = ASN1Text.secondsSince1970(X509_get0_notBefore(leaf))
    let through = ASN1Text.secondsSince1970(X509_get0_notAfter(leaf))
    self.certificate = certificate
    self.authorities = authorities
    validity = from...max(from, through)
    division = PeerIdentity.division(of: leaf)
    number = CertificateNumber(of: leaf)
    var digest = [UInt8](repeating: 0, count: 32)
    SHA256(certificate, certificate.count, &digest)
    fingerprint = digest
    if from > through || X509_get0_pubkey(leaf) == nil { return nil }
  }

  deinit { X509_free(leaf) }

  /// Whether a signature over some bytes is this signatory's: ECDSA with SHA-256.
  public func hasSigned(_ bytes: [UInt8], _ signature: [UInt8]) -> Bool {
    ErrorQueue.clear()
    defer { ErrorQueue.clear() }
    guard let context = EVP_MD_CTX_new() else { return false }
    defer { EVP_MD_CTX_free(context) }
    return EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, X509_get0_pubkey(leaf)) == 1
      && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
  }

  /// The certificate in DER bytes, nothing behind it; the caller frees it.
  static func read(_ bytes: [UInt8]) -> OpaquePointer? {
    ErrorQueue.clear()
    defer { ErrorQueue.clear() }
    return bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return nil }
      var place: UnsafePointer<UInt8>? = start
      guard let certificate = d2i_X509(nil, &place, bytes.count) else { return nil }
      if place == start + bytes.count { return certificate }
      X509_free(certificate)
      return nil
    }
  }

  /// A certificate as DER.
  static func bytes(of certificate: OpaquePointer) -> [UInt8] {
    let count = Int(i2d_X509(certificate, nil))
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      var place: UnsafeMutablePointer<UInt8>? = buffer.baseAddress
      used = max(0, Int(i2d_X509(certificate, &place)))
    }
  }
}

import COpenSSL

/// What tells a certificate from all others: who issued it, and which it is of theirs (RFC 5280
/// section 4.1.2.2).
struct CertificateNumber: Sendable, Hashable {
  /// SHA-256 of the issuer's name in DER; empty where it cannot be taken.
  let issuer: [UInt8]
  /// Upper-case hexadecimal of whole bytes.
  let serial: String

  init(issuer: [UInt8], serial: String) {
    self.issuer = issuer
    self.serial = serial
  }

  init(of certificate: OpaquePointer) {
    issuer = CertificateNumber.digest(of: X509_get_issuer_name(certificate))
    serial = ASN1Text.hexadecimal(X509_get0_serialNumber(certificate))
  }

  static func digest(of name: OpaquePointer?) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    guard X509_NAME_digest(name, EVP_sha256(), &digest, &length) == 1 else { return [] }
    return Array(digest.prefix(Int(length)))
  }
}

import COpenSSL

/// Who the other side has proven to be.
public struct PeerIdentity: Sendable, Hashable {
  /// What a node's certificate says in a URI of its subject alternative name, before the code.
  public static let divisionPrefix = "xiecha:division:"

  /// The division whose node this is, 2 to 12 digits; nil where the certificate names none, or more
  /// than one.
  public let division: String?
  /// SHA-256 of the certificate in DER.
  public let fingerprint: [UInt8]
  /// The certificate's serial number in upper-case hexadecimal, as `openssl x509 -serial` prints
  /// it.
  public let serial: String
  /// The last second of the certificate's validity, in seconds since 1970.
  public let expires: Int64
  /// This certificate, and the authorities between it and the root.
  let chain: [CertificateNumber]

  /// Who the holder of a certificate file is: of its first certificate, in PEM.
  public init(certificateFile path: String) throws(TLSFailure) {
    let bytes = try PEMFile.bytes(path, what: "certificate")
    let chain = try PEMFile.certificates(bytes, path: path, what: "certificate")
    defer { for certificate in chain { X509_free(certificate) } }
    guard let leaf = chain.first, let identity = PeerIdentity(certificate: leaf) else {
      throw ErrorQueue.failure(
        .malformedCertificate, "certificate \(path): OpenSSL will not use it; issue it again")
    }
    self = identity
  }

  init?(certificate: OpaquePointer, authorities: some Sequence<OpaquePointer> = []) {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    guard X509_digest(certificate, EVP_sha256(), &digest, &length) == 1, length == 32 else {
      return nil
    }
    fingerprint = Array(digest.prefix(32))
    serial = PeerIdentity.hexadecimal(X509_get0_serialNumber(certificate))
    expires = PeerIdentity.secondsSince1970(X509_get0_notAfter(certificate))
    division = PeerIdentity.division(of: certificate)
    chain = ([certificate] + authorities).map(CertificateNumber.init(of:))
  }

  static func division(of certificate: OpaquePointer) -> String? {
    guard let names = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else {
      return nil
    }
    let list = OpaquePointer(names)
    defer { GENERAL_NAMES_free(list) }
    var found: String?
    for index in 0..<max(0, COpenSSL_GENERAL_NAMES_count(list)) {
      var length: Int32 = 0
      guard let bytes = COpenSSL_GENERAL_NAMES_uri(list, index, &length), length > 0 else {
        continue
      }
      let uri = String(
        decoding: UnsafeBufferPointer(start: bytes, count: Int(length)), as: UTF8.self)
      guard uri.hasPrefix(divisionPrefix) else { continue }
      let code = String(uri.dropFirst(divisionPrefix.count))
      guard found == nil, isDivision(code) else { return nil }
      found = code
    }
    return found
  }

  /// Whether a text has the form of a division code: 2 to 12 ASCII digits.
  static func isDivision(_ code: String) -> Bool {
    (2...12).contains(code.utf8.count)
      && code.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// An ASN.1 integer as upper-case hexadecimal of whole bytes; empty where there is none.
  static func hexadecimal(_ number: UnsafePointer<ASN1_INTEGER>?) -> String {
    guard let number, let big = ASN1_INTEGER_to_BN(number, nil) else { return "" }
    defer { BN_free(big) }
    guard let text = BN_bn2hex(big) else { return "" }
    defer { CRYPTO_free(text, nil, 0) }
    return String(cString: text)
  }

  static func secondsSince1970(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
    var days: Int32 = 0
    var seconds: Int32 = 0
    guard let time, let epoch = ASN1_TIME_set(nil, 0) else { return 0 }
    defer { ASN1_TIME_free(epoch) }
    guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return 0 }
    return Int64(days) * 86_400 + Int64(seconds)
  }
}

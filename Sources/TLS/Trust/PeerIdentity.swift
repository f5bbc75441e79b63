import COpenSSL

/// Who the other side has proven to be.
public struct PeerIdentity: Sendable, Hashable {
  /// What a node's certificate says in a URI of its subject alternative name, before the code.
  public static let divisionPrefix = "xiecha:division:"

  /// The division whose node this is, 2 to 12 digits; nil where the certificate names none, or more
  /// than one.
  public let division: String?
  /// The account whose owner this is; nil where the certificate names none, or more than one, or a
  /// division too.
  public let account: String?
  /// SHA-256 of the certificate in DER.
  public let fingerprint: [UInt8]
  /// The certificate's serial number in upper-case hexadecimal, as `openssl x509 -serial` prints
  /// it.
  public let serial: String
  /// The last second of the certificate's validity, in seconds since 1970.
  public let expires: Int64
  /// This certificate, and the authorities between it and the root.
  let chain: [CertificateNumber]
  /// The last second of whatever in the chain ends first.
  let chainExpires: Int64
  /// SHA-256 of the public key of the root that vouched for it; empty for a resumed session, whose
  /// root is known by its name alone.
  let rootKey: [UInt8]

  /// One certificate is one peer, however much of its chain is known.
  public static func == (one: PeerIdentity, other: PeerIdentity) -> Bool {
    one.fingerprint == other.fingerprint
  }

  /// By the fingerprint.
  public func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }

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

  /// Whether a root is the one that vouched for it, or has its key.
  func isVouchedFor(by root: OpaquePointer) -> Bool {
    guard rootKey.isEmpty else { return PeerIdentity.keyDigest(of: root) == rootKey }
    return chain.last?.issuer == CertificateNumber.digest(of: X509_get_subject_name(root))
  }

  private static func keyDigest(of certificate: OpaquePointer) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    guard X509_pubkey_digest(certificate, EVP_sha256(), &digest, &length) == 1 else { return [] }
    return Array(digest.prefix(Int(length)))
  }

  init?(
    certificate: OpaquePointer, authorities: some Sequence<OpaquePointer> = [],
    root: OpaquePointer? = nil
  ) {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    guard X509_digest(certificate, EVP_sha256(), &digest, &length) == 1, length == 32 else {
      return nil
    }
    fingerprint = Array(digest.prefix(32))
    serial = ASN1Text.hexadecimal(X509_get0_serialNumber(certificate))
    expires = ASN1Text.secondsSince1970(X509_get0_notAfter(certificate))
    let uris = PeerIdentity.uris(of: certificate)
    division = PeerIdentity.division(in: uris)
    account = PeerIdentity.account(in: uris)
    let certificates = [certificate] + authorities
    chain = certificates.map(CertificateNumber.init(of:))
    chainExpires =
      certificates.map { ASN1Text.secondsSince1970(X509_get0_notAfter($0)) }.min() ?? 0
    rootKey = root.map(PeerIdentity.keyDigest) ?? []
  }

  static func division(of certificate: OpaquePointer) -> String? {
    division(in: uris(of: certificate))
  }

  private static func division(in uris: [String]) -> String? {
    let found = uris.filter { $0.hasPrefix(divisionPrefix) }
    let code = found.first.map { String($0.dropFirst(divisionPrefix.count)) } ?? ""
    return found.count == 1 && isDivision(code) ? code : nil
  }

  private static func account(in uris: [String]) -> String? {
    guard uris.count == 1, let uri = uris.first, uri.hasPrefix(AccountURI.prefix) else {
      return nil
    }
    return AccountURI.account(uri)
  }

  /// The URIs of a certificate's subject alternative name.
  private static func uris(of certificate: OpaquePointer) -> [String] {
    guard let names = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else {
      return []
    }
    let list = OpaquePointer(names)
    defer { GENERAL_NAMES_free(list) }
    var found: [String] = []
    for index in 0..<max(0, COpenSSL_GENERAL_NAMES_count(list)) {
      var length: Int32 = 0
      guard let bytes = COpenSSL_GENERAL_NAMES_uri(list, index, &length), length > 0 else {
        continue
      }
      found.append(
        String(decoding: UnsafeBufferPointer(start: bytes, count: Int(length)), as: UTF8.self))
    }
    return found
  }

  /// Whether a text has the form of a division code: 2 to 12 ASCII digits.
  static func isDivision(_ code: String) -> Bool {
    (2...12).contains(code.utf8.count)
      && code.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}

import COpenSSL

/// One certificate in the making.
final class CertificateBuilder {
  private let certificate: OpaquePointer
  private let issuer: OpaquePointer?

  /// A new P-256 key, which the caller frees.
  static func newKey() throws(TLSFailure) -> OpaquePointer {
    ErrorQueue.clear()
    guard let key = COpenSSL_generate_P256() else {
      throw ErrorQueue.failure(.internal, "no P-256 key can be made")
    }
    return key
  }

  /// A key as unencrypted PKCS#8 in PEM.
  static func pem(ofKey key: OpaquePointer) throws(TLSFailure) -> [UInt8] {
    try PEMFile.text { PEM_write_bio_PKCS8PrivateKey($0, key, nil, nil, 0, nil, nil) }
  }

  /// Begins a certificate; `issuer` nil makes one that vouches for itself.
  init(
    commonName: String, key: OpaquePointer, validFrom: Int64, days: Int, issuer: OpaquePointer?
  ) throws(TLSFailure) {
    guard (1...64).contains(commonName.utf8.count) else {
      throw TLSFailure(.invalidArgument, "name \(commonName): needs 1 to 64 bytes")
    }
    guard (1...36_500).contains(days) else {
      throw TLSFailure(.invalidArgument, "validity of \(days) days: 1 to 36500 can be had")
    }
    ErrorQueue.clear()
    guard let certificate = X509_new() else {
      throw ErrorQueue.failure(.internal, "no certificate can be made")
    }
    self.certificate = certificate
    self.issuer = issuer
    // A clock that is a little behind at the peer must not refuse what was issued just now.
    let slackSeconds = 300
    let seconds = Int(clamping: validFrom)
    let done =
      X509_set_version(certificate, 2) == 1
      && CertificateBuilder.setRandomSerial(certificate)
      && ASN1_TIME_set(X509_getm_notBefore(certificate), seconds &- slackSeconds) != nil
      && ASN1_TIME_set(X509_getm_notAfter(certificate), seconds &+ days * 86_400) != nil
      && X509_NAME_add_entry_by_txt(
        X509_get_subject_name(certificate), "CN", COpenSSL_MBSTRING_UTF8(),
        Array(commonName.utf8), Int32(commonName.utf8.count), -1, 0) == 1
      && X509_set_issuer_name(certificate, X509_get_subject_name(issuer ?? certificate)) == 1
      && X509_set_pubkey(certificate, key) == 1
    guard done else { throw ErrorQueue.failure(.internal, "a certificate cannot be filled in") }
  }

  deinit {
    X509_free(certificate)
  }

  /// 127 random bits: RFC 5280 section 4.1.2.2 asks for a positive number of at most 20 bytes.
  private static func setRandomSerial(_ certificate: OpaquePointer) -> Bool {
    guard let number = BN_new() else { return false }
    defer { BN_free(number) }
    return BN_rand(number, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1
      && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil
  }

  /// Adds an extension, in the words of OpenSSL's configuration files.
  func add(_ kind: Int32, _ value: String) throws(TLSFailure) {
    ErrorQueue.clear()
    var context = X509V3_CTX()
    X509V3_set_ctx(&context, issuer ?? certificate, certificate, nil, nil, 0)
    guard let part = X509V3_EXT_conf_nid(nil, &context, kind, value) else {
      throw ErrorQueue.failure(.invalidArgument, "certificate extension \(value)")
    }
    defer { X509_EXTENSION_free(part) }
    guard X509_add_ext(certificate, part, -1) == 1 else {
      throw ErrorQueue.failure(.internal, "certificate extension \(value)")
    }
  }

  /// Adds what makes it a node's certificate, beside its names: one for both sides of a connection.
  func addNodeUsage() throws(TLSFailure) { try addUsage("serverAuth,clientAuth") }

  /// Adds what makes it a person's certificate: nobody serves with it.
  func addPersonUsage() throws(TLSFailure) { try addUsage("clientAuth") }

  private func addUsage(_ purposes: String) throws(TLSFailure) {
    try add(NID_basic_constraints, "critical,CA:FALSE")
    try add(NID_key_usage, "critical,digitalSignature")
    try add(NID_ext_key_usage, purposes)
    try add(NID_subject_key_identifier, "hash")
    try add(NID_authority_key_identifier, "keyid:always")
  }

  /// Adds the names of another certificate.
  func addNames(of other: OpaquePointer) throws(TLSFailure) {
    ErrorQueue.clear()
    guard let names = X509_get_ext(other, X509_get_ext_by_NID(other, NID_subject_alt_name, -1)),
      X509_add_ext(certificate, names, -1) == 1
    else {
      throw ErrorQueue.failure(.invalidArgument, "a certificate without names to take over")
    }
  }

  func sign(with key: OpaquePointer) throws(TLSFailure) {
    ErrorQueue.clear()
    guard X509_sign(certificate, key, EVP_sha256()) > 0 else {
      throw ErrorQueue.failure(.internal, "a certificate cannot be signed")
    }
  }

  func pem() throws(TLSFailure) -> [UInt8] {
    try PEMFile.text { PEM_write_bio_X509($0, certificate) }
  }

  /// The certificate in DER.
  var bytes: [UInt8] { Signatory.bytes(of: certificate) }

  func identity() throws(TLSFailure) -> PeerIdentity {
    guard let identity = PeerIdentity(certificate: certificate) else {
      throw ErrorQueue.failure(.internal, "a certificate's fingerprint cannot be taken")
    }
    return identity
  }
}

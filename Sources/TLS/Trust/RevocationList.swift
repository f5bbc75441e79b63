import COpenSSL

/// Reads and writes revocation lists (RFC 5280 section 5).
enum RevocationList {
  struct Entry: Hashable {
    /// Upper-case hexadecimal of whole bytes.
    var serial: String
    /// When, in seconds since 1970.
    var revoked: Int64
  }

  static func entries(of list: OpaquePointer) -> [Entry] {
    (0..<max(0, COpenSSL_REVOKED_count(list))).compactMap { index in
      guard let entry = COpenSSL_REVOKED_at(list, index) else { return nil }
      return Entry(
        serial: ASN1Text.hexadecimal(X509_REVOKED_get0_serialNumber(entry)),
        revoked: ASN1Text.secondsSince1970(X509_REVOKED_get0_revocationDate(entry)))
    }
  }

  /// The list's own number, which grows with each issue; 0 where it has none.
  static func number(of list: OpaquePointer) -> Int {
    guard let raw = X509_CRL_get_ext_d2i(list, NID_crl_number, nil, nil) else { return 0 }
    let number = raw.assumingMemoryBound(to: ASN1_INTEGER.self)
    defer { ASN1_INTEGER_free(number) }
    return max(0, min(ASN1_INTEGER_get(number), Int(Int32.max) - 1))
  }

  /// A list in DER, nothing behind it; the caller frees it.
  static func read(_ bytes: [UInt8]) -> OpaquePointer? {
    ErrorQueue.clear()
    defer { ErrorQueue.clear() }
    return bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return nil }
      var place: UnsafePointer<UInt8>? = start
      guard let list = d2i_X509_CRL(nil, &place, bytes.count) else { return nil }
      if place == start + bytes.count { return list }
      X509_CRL_free(list)
      return nil
    }
  }

  /// A list as DER.
  static func bytes(of list: OpaquePointer) -> [UInt8] {
    let count = Int(i2d_X509_CRL(list, nil))
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      var place: UnsafeMutablePointer<UInt8>? = buffer.baseAddress
      used = max(0, Int(i2d_X509_CRL(list, &place)))
    }
  }

  static func pem(
    _ entries: [Entry], number: Int, issuer: OpaquePointer, key: OpaquePointer, now: Int64,
    days: Int
  ) throws(TLSFailure) -> [UInt8] {
    guard (1...36_500).contains(days) else {
      throw TLSFailure(.invalidArgument, "validity of \(days) days: 1 to 36500 can be had")
    }
    ErrorQueue.clear()
    guard let list = X509_CRL_new() else { throw failure() }
    defer { X509_CRL_free(list) }
    guard X509_CRL_set_version(list, 1) == 1,
      X509_CRL_set_issuer_name(list, X509_get_subject_name(issuer)) == 1
    else { throw failure() }
    // The same slack as a certificate has, for clocks that are behind.
    try set(now &- 300) { X509_CRL_set1_lastUpdate(list, $0) }
    try set(now &+ Int64(days) &* 86_400) { X509_CRL_set1_nextUpdate(list, $0) }
    for entry in entries { try add(entry, to: list) }
    try setNumber(number, of: list)
    guard X509_CRL_sort(list) == 1, X509_CRL_sign(list, key, EVP_sha256()) > 0 else {
      throw failure()
    }
    return try PEMFile.text { PEM_write_bio_X509_CRL($0, list) }
  }

  private static func add(_ entry: Entry, to list: OpaquePointer) throws(TLSFailure) {
    var big: OpaquePointer?
    guard BN_hex2bn(&big, entry.serial) > 0, let big else { throw failure() }
    defer { BN_free(big) }
    guard let serial = BN_to_ASN1_INTEGER(big, nil) else { throw failure() }
    defer { ASN1_INTEGER_free(serial) }
    guard let revoked = X509_REVOKED_new() else { throw failure() }
    guard X509_REVOKED_set_serialNumber(revoked, serial) == 1,
      X509_CRL_add0_revoked(list, revoked) == 1
    else {
      X509_REVOKED_free(revoked)
      throw failure()
    }
    // The list owns the entry from here.
    try set(entry.revoked) { X509_REVOKED_set_revocationDate(revoked, $0) }
  }

  private static func setNumber(_ number: Int, of list: OpaquePointer) throws(TLSFailure) {
    guard let value = ASN1_INTEGER_new() else { throw failure() }
    defer { ASN1_INTEGER_free(value) }
    guard ASN1_INTEGER_set(value, number) == 1,
      X509_CRL_add1_ext_i2d(list, NID_crl_number, value, 0, 0) == 1
    else { throw failure() }
  }

  private static func set(
    _ seconds: Int64, _ body: (UnsafeMutablePointer<ASN1_TIME>) -> Int32
  ) throws(TLSFailure) {
    guard let time = ASN1_TIME_set(nil, Int(clamping: seconds)) else { throw failure() }
    defer { ASN1_TIME_free(time) }
    guard body(time) == 1 else { throw failure() }
  }

  private static func failure() -> TLSFailure {
    ErrorQueue.failure(.internal, "a revocation list cannot be written")
  }
}

import COpenSSL

/// What an authority does for a network that is at work: a new key of a node, a new authority.
extension CertificateAuthority {
  /// Issues a certificate for the key of a request, to whom another one belongs, with its names: a
  /// renewal widens nothing.
  ///
  /// - Parameters:
  ///   - request: Whose key it is to be for.
  ///   - other: The certificate that the node has, in DER; another authority may have issued it.
  ///   - now: From when it is valid, in seconds since 1970.
  ///   - days: For how long.
  /// - Returns: The certificate, in DER.
  /// - Throws: Where the other certificate names no single division, or a file cannot be used.
  public func renew(
    _ request: CertificateRequest, like other: [UInt8], now: Int64, days: Int = nodeDays
  ) throws(TLSFailure) -> [UInt8] {
    guard let known = Signatory(certificate: other, authorities: []), let division = known.division
    else {
      throw TLSFailure(
        .malformedCertificate, "the certificate to renew is none, or names no single division")
    }
    let key = try request.key()
    defer { EVP_PKEY_free(key) }
    let (issuer, issuerKey) = try load()
    defer {
      X509_free(issuer)
      EVP_PKEY_free(issuerKey)
    }
    let builder = try CertificateBuilder(
      commonName: division, key: key, validFrom: now, days: days, issuer: issuer)
    try builder.addNodeUsage()
    try builder.addNames(of: known.leaf)
    try builder.sign(with: issuerKey)
    return builder.bytes
  }

  /// The authority's own certificate, in DER.
  public func root() throws(TLSFailure) -> [UInt8] {
    let (certificate, key) = try load()
    defer {
      X509_free(certificate)
      EVP_PKEY_free(key)
    }
    return Signatory.bytes(of: certificate)
  }

  /// Its revocation list, in DER.
  public func list() throws(TLSFailure) -> [UInt8] {
    let list = try ownList()
    defer { X509_CRL_free(list) }
    return RevocationList.bytes(of: list)
  }

  /// Signs some bytes by the authority's key: ECDSA with SHA-256, in DER.
  public func sign(_ bytes: [UInt8]) throws(TLSFailure) -> [UInt8] {
    let (certificate, key) = try load()
    X509_free(certificate)
    defer { EVP_PKEY_free(key) }
    return try SigningKey.sign(bytes, by: key)
  }
}

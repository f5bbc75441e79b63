import COpenSSL

/// Whose signatures a node believes: those of certificates for which its trust roots vouch.
public final class SignatoryTrust: @unchecked Sendable {
  // None is changed once it is here.
  private let store: OpaquePointer
  private let revoked: [CertificateNumber: Int64]

  /// Reads the trust roots and, where one is set, the revocation list; and the roots that were retired:
  /// what was sealed before stays sealed.
  public init(_ configuration: TLSConfiguration) throws(TLSFailure) {
    let path = configuration.trustRootsFile
    var roots = try PEMFile.certificates(
      try PEMFile.bytes(path, what: "trust roots"), path: path, what: "trust roots")
    defer { for root in roots { X509_free(root) } }
    roots += try RetiredRoots.certificates(beside: path)
    var lists: [OpaquePointer] = []
    if let file = configuration.revocationListFile {
      let bytes = try PEMFile.bytes(file, what: "revocation list")
      lists = try PEMFile.revocationLists(bytes, path: file)
    }
    defer { for list in lists { X509_CRL_free(list) } }
    lists += try RetiredRoots.lists(beside: path)
    var revoked: [CertificateNumber: Int64] = [:]
    for list in lists where roots.contains(where: { RevocationLists.isSigned(list, by: $0) }) {
      let issuer = CertificateNumber.digest(of: X509_CRL_get_issuer(list))
      for entry in RevocationList.entries(of: list) {
        revoked[CertificateNumber(issuer: issuer, serial: entry.serial)] = entry.revoked
      }
    }
    self.revoked = revoked
    ErrorQueue.clear()
    guard let store = X509_STORE_new() else {
      throw ErrorQueue.failure(.internal, "no memory for the trust roots")
    }
    guard roots.allSatisfy({ X509_STORE_add_cert(store, $0) == 1 }) else {
      X509_STORE_free(store)
      throw ErrorQueue.failure(
        .malformedCertificate, "trust roots \(path): OpenSSL will not use one of them")
    }
    self.store = store
  }

  deinit { X509_STORE_free(store) }

  /// Whether a root vouches for a signatory, at the beginning of its certificate's validity: what was
  /// signed then stays signed when it is over.
  public func vouches(for signatory: Signatory) -> Bool {
    let others = signatory.authorities.compactMap(Signatory.read)
    defer { for other in others { X509_free(other) } }
    guard others.count == signatory.authorities.count else { return false }
    ErrorQueue.clear()
    defer { ErrorQueue.clear() }
    var chain = others.map(Optional.some)
    let between = COpenSSL_X509_stack(&chain, Int32(chain.count))
    defer { COpenSSL_X509_stack_free(between) }
    guard let check = X509_STORE_CTX_new() else { return false }
    defer { X509_STORE_CTX_free(check) }
    guard X509_STORE_CTX_init(check, store, signatory.leaf, between) == 1 else { return false }
    X509_STORE_CTX_set_time(check, 0, Int(clamping: signatory.validity.lowerBound))
    return X509_verify_cert(check) == 1
  }

  /// When a signatory's certificate was revoked, in seconds since 1970; nil where it was not.
  public func revocation(of signatory: Signatory) -> Int64? { revoked[signatory.number] }
}

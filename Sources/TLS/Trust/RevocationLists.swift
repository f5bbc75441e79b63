import COpenSSL

/// The lists of a revocation file, each of one authority, which is told by its name and its key.
///
/// A certificate is held against the list of its issuer, and so is each authority between it and
/// the root. An issuer that has no list in the file vouches for whatever it has issued; one whose
/// list is there and past its time, or wrongly signed, vouches for nothing. OpenSSL checks the
/// signatures, times and entries; this type says which list is whose.
final class RevocationLists: @unchecked Sendable {
  // None is changed once it is here.
  private let lists: [(list: OpaquePointer, root: OpaquePointer?)]
  private let roots: [OpaquePointer]
  /// What all of the lists name.
  let revoked: Set<CertificateNumber>

  /// Takes over the lists and the trust roots, which it frees.
  ///
  /// Fails where a list bears a root's name and not its signature, and where there are lists and
  /// none is of a root: such a file is of another network.
  init(
    owning lists: [OpaquePointer], roots: [OpaquePointer], file: String
  ) throws(TLSFailure) {
    // A list is a root's or, bearing no root's name, that of an authority that a chain will show.
    self.lists = lists.map { list in
      (list, roots.first { Self.bears(list, nameOf: $0) && Self.isSigned(list, by: $0) })
    }
    self.roots = roots
    revoked = Set(
      lists.flatMap { list in
        let issuer = CertificateNumber.digest(of: X509_CRL_get_issuer(list))
        return RevocationList.entries(of: list).map {
          CertificateNumber(issuer: issuer, serial: $0.serial)
        }
      })
    for (list, root) in self.lists where root == nil {
      guard !roots.contains(where: { Self.bears(list, nameOf: $0) }) else {
        throw TLSFailure(
          .malformedRevocationList,
          "revocation list \(file): in the name of a trust root, and signed by none of the trust "
            + "roots; take it out, or fetch it again")
      }
    }
    // RFC 5280 section 5.1.2.5 demands it; without it a list that no longer arrives would count
    // for ever.
    guard lists.allSatisfy({ X509_CRL_get0_nextUpdate($0) != nil }) else {
      throw TLSFailure(
        .malformedRevocationList,
        "revocation list \(file): it does not say until when it holds (nextUpdate); have it issued "
          + "again")
    }
    guard lists.isEmpty || self.lists.contains(where: { $0.root != nil }) else {
      throw TLSFailure(
        .malformedRevocationList,
        "revocation list \(file): signed by none of the trust roots; fetch that of this network")
    }
  }

  deinit {
    for (list, _) in lists { X509_CRL_free(list) }
    for root in roots { X509_free(root) }
  }

  /// Whether a certificate that was proven earlier still counts without its chain: it is within
  /// its time, a trust root itself has issued it, and a list in force does not name it.
  func stillBelieve(_ certificate: OpaquePointer) -> Bool {
    let issuer = X509_get_issuer_name(certificate)
    let issued = roots.contains { X509_NAME_cmp(X509_get_subject_name($0), issuer) == 0 }
    let own = lists.map(\.list).filter { X509_NAME_cmp(X509_CRL_get_issuer($0), issuer) == 0 }
    return issued && X509_cmp_current_time(X509_get0_notAfter(certificate)) > 0
      && !revoked.contains(CertificateNumber(of: certificate))
      && (own.isEmpty || own.contains(where: Self.isInForce))
  }

  /// Why a peer that has proven itself may not stay, at a time in seconds since 1970; nil where it
  /// may: every certificate of its chain is within its time and on no list, a root in force has
  /// vouched for it, and the lists about it are in force.
  func refusal(of peer: PeerIdentity, at now: Int64) -> TLSFailure? {
    let division = "division \(peer.division ?? "-")"
    guard now <= peer.chainExpires else {
      return TLSFailure(.peerOutOfDate, "the certificate of \(division) has ended")
    }
    guard roots.contains(where: peer.isVouchedFor) else {
      return TLSFailure(
        .untrustedPeer, "the trust root of \(division)'s certificate was taken away")
    }
    for number in peer.chain {
      let own = lists(about: number, of: peer)
      if own.contains(where: { RevocationLists.names(number.serial, in: $0) }) {
        return TLSFailure(.peerRevoked, "certificate \(number.serial) of \(division) was revoked")
      }
      guard own.isEmpty || own.contains(where: Self.isInForce) else {
        return TLSFailure(
          .revocationListOutOfDate, "the revocation list about \(division) is past its time")
      }
    }
    return nil
  }

  /// The lists of whoever issued a certificate of a peer's chain: the last of it was issued by a root,
  /// whose name another root may have too.
  private func lists(about number: CertificateNumber, of peer: PeerIdentity) -> [OpaquePointer] {
    if lists.isEmpty { return [] }
    let isOfRoot = number == peer.chain.last
    return lists.filter { list, root in
      guard CertificateNumber.digest(of: X509_CRL_get_issuer(list)) == number.issuer else {
        return false
      }
      return isOfRoot ? root.map(peer.isVouchedFor) == true : root == nil
    }.map(\.list)
  }

  private static func names(_ serial: String, in list: OpaquePointer) -> Bool {
    RevocationList.entries(of: list).contains { $0.serial == serial }
  }

  private static func isInForce(_ list: OpaquePointer) -> Bool {
    guard let end = X509_CRL_get0_nextUpdate(list) else { return false }
    return X509_cmp_current_time(end) > 0
  }

  /// When the roots and the lists end.
  var ends: [ValidityEnd] {
    roots.map { ValidityEnd(.authority, ASN1Text.secondsSince1970(X509_get0_notAfter($0))) }
      + lists.map {
        ValidityEnd(
          .revocationList, ASN1Text.secondsSince1970(X509_CRL_get0_nextUpdate($0.list)))
      }
  }

  /// The lists that the certificate under check is held against; empty where its issuer has none.
  ///
  /// They belong to this object.
  func lists(for check: OpaquePointer?) -> [OpaquePointer] {
    guard !lists.isEmpty, let chain = X509_STORE_CTX_get0_chain(check) else { return [] }
    let above = Int(X509_STORE_CTX_get_error_depth(check)) + 1
    // The root, last in the chain, is its own issuer.
    let last = Int(COpenSSL_X509_count(chain)) - 1
    guard let issuer = COpenSSL_X509_at(chain, Int32(min(above, last))) else { return [] }
    let named = lists.filter { Self.bears($0.list, nameOf: issuer) }
    let own = named.filter { list, root in
      guard let root else { return Self.isSigned(list, by: issuer) }
      return EVP_PKEY_eq(X509_get0_pubkey(root), X509_get0_pubkey(issuer)) == 1
    }
    // Where only lists that no root has signed bear the name, OpenSSL is to say what is wrong.
    return (own.isEmpty ? named.filter { $0.root == nil } : own).map(\.list)
  }

  private static func bears(_ list: OpaquePointer, nameOf issuer: OpaquePointer) -> Bool {
    X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_subject_name(issuer)) == 0
  }

  static func isSigned(_ list: OpaquePointer, by issuer: OpaquePointer) -> Bool {
    defer { ErrorQueue.clear() }
    return X509_CRL_verify(list, X509_get0_pubkey(issuer)) == 1
  }
}

internal import ExchangeProtos
internal import Ledger
internal import Logging

/// Whoever passes on a sealed event passes on the certificate that it was sealed with.
extension LinkSession {
  /// Keeps the certificates of the network; of others nothing is believed that they have sealed.
  func keep(_ certificates: [LinkCertificate]) async throws {
    let now = node.now()
    let signatories = certificates.compactMap {
      node.seals.signatory($0.certificate, $0.authorities, now: now)
    }
    if signatories.count < certificates.count {
      node.log(
        .error, "a neighbour has shown a certificate for which no trust root vouches", of: peer)
    }
    if signatories.isEmpty { return }
    try await node.ledger.commit { ledger in
      for signatory in signatories { try ledger.keep(signatory) }
    }
  }
}

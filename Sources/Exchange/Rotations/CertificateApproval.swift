internal import Credentials
internal import ExchangeRules
public import Ledger
public import TLS

/// The authority answers the request of a node: its certificate counts beside the present one until it
/// was used.
public struct CertificateApproval: Sendable {
  /// The ledger of the node that was asked.
  private let ledger: Ledger
  private let actor: LedgerActor

  /// An approval of requests that a ledger keeps, by who is to answer for it.
  public init(_ ledger: Ledger, by actor: LedgerActor) {
    self.ledger = ledger
    self.actor = actor
  }

  /// The requests that wait for an answer.
  public func waiting() async throws -> [StoredRequest] {
    try await ledger.read { reader in
      var waiting: [StoredRequest] = []
      var last = ""
      while true {
        let page = try reader.certificateRequests(after: last)
        guard let end = page.last else { return waiting }
        last = end.division
        waiting += page.filter(\.issued.isEmpty)
      }
    }
  }

  /// Has the authority issue what is asked for, for so many days; `now` in milliseconds since 1970.
  @discardableResult
  public func approve(
    _ request: StoredRequest, by authority: CertificateAuthority, now: Int64,
    days: Int = CertificateAuthority.nodeDays
  ) async throws -> [UInt8] {
    let certificate = try authority.renew(
      CertificateRequest(request.request), like: request.certificate, now: now / 1000, days: days)
    try await keep(certificate, for: request, now: now)
    return certificate
  }

  /// Keeps what an authority elsewhere has issued.
  ///
  /// - Throws: ``LedgerFailure`` where it is not for the request's key or its node's division, or the
  ///   node has made another request since.
  public func keep(
    _ certificate: [UInt8], for request: StoredRequest, now: Int64
  ) async throws {
    guard let signatory = Signatory(certificate: certificate, authorities: []),
      signatory.division == request.division,
      try CertificateRequest(request.request).isAnswered(by: signatory)
    else {
      throw LedgerFailure(
        .conflict,
        "the certificate is not for the key that \(request.division) has asked with; sign its "
          + "present request")
    }
    try await ledger.commit { [actor] ledger in
      guard try ledger.answer(request, with: certificate) else {
        throw LedgerFailure(
          .conflict, "\(request.division) has asked anew since; approve its present request")
      }
      try ledger.offerCertificate(signatory.fingerprint, of: request.division)
      try ledger.keep(
        StoredSignatory(
          fingerprint: signatory.fingerprint, division: request.division, certificate: certificate,
          authorities: [], since: now))
      try ledger.leaveTrace(
        TraceEntry(
          at: now, actor: actor, action: "certificate-approved",
          purpose: "\(request.division) \(Hexadecimal.text(signatory.fingerprint))"))
    }
  }
}

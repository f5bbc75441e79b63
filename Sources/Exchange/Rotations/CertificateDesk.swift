internal import Credentials
internal import ExchangeProtos
internal import Ledger
internal import Logging
internal import RPC
internal import TLS
internal import Wire

/// The upper end of a key's rotation: a node below asks for a certificate, which the network's
/// authority issues, and which counts beside its present one until it was used (S8.1).
struct CertificateDesk {
  let node: Node

  func register(in methods: inout MethodTable) {
    methods.answer(NodeCertificates.request) { request, context in
      try await answer(request, by: context.caller)
    }
    methods.answer(NodeCertificates.withdraw) { _, context in
      try await withdraw(by: context.caller)
    }
  }

  /// Keeps the request for the authority, or gives what it has issued.
  private func answer(
    _ message: RequestCertificateRequest, by caller: Caller
  ) async throws -> RequestCertificateReply {
    guard TrustFiles.digest(of: message.certificate) == caller.certificate else {
      throw CallFailure(
        .invalidArgument, .invalid, field: "certificate",
        "not the certificate that \(caller.account) has signed in with")
    }
    let asked: CertificateRequest
    do {
      asked = try CertificateRequest(message.request)
    } catch {
      throw CallFailure(.invalidArgument, .invalid, field: "request", error.text)
    }
    let now = node.now()
    let issued = try await node.ledger.commit { ledger -> [UInt8] in
      if let known = try ledger.certificateRequest(of: caller.division),
        (try? CertificateRequest(known.request).hasKey(of: asked)) == true
      {
        return known.issued
      }
      try Self.forget(of: caller.division, in: ledger)
      try ledger.keep(
        StoredRequest(
          division: caller.division, request: asked.bytes, certificate: message.certificate,
          asked: now))
      try Self.trace("certificate-requested", by: caller, at: now, in: ledger)
      return []
    }
    if issued.isEmpty {
      node.log(
        .notice, "a node below asks for a certificate: xiecha-admin certificate approve",
        of: caller.division)
    }
    var reply = RequestCertificateReply()
    reply.certificate = issued
    return reply
  }

  private func withdraw(by caller: Caller) async throws -> WithdrawCertificateReply {
    let now = node.now()
    try await node.ledger.commit { ledger in
      guard try Self.forget(of: caller.division, in: ledger) else { return }
      try Self.trace("certificate-withdrawn", by: caller, at: now, in: ledger)
    }
    return WithdrawCertificateReply()
  }

  /// Forgets a request; what was issued for it is not taken any more.
  ///
  /// Gives false where there was none.
  @discardableResult
  private static func forget(of division: String, in ledger: LedgerTransaction) throws -> Bool {
    guard let known = try ledger.certificateRequest(of: division) else { return false }
    if !known.issued.isEmpty,
      try ledger.node(division)?.coming == TrustFiles.digest(of: known.issued)
    {
      try ledger.offerCertificate([], of: division)
    }
    try ledger.removeCertificateRequest(of: division)
    return true
  }

  private static func trace(
    _ action: String, by caller: Caller, at now: Int64, in ledger: LedgerTransaction
  ) throws {
    try ledger.leaveTrace(
      TraceEntry(at: now, actor: LedgerActor(caller), action: action, purpose: caller.division))
  }
}

internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import TLS
internal import Wire

/// This node's key and certificate are replaced.
///
/// The key is made here and never leaves; the request goes to the node above, whose authority answers
/// it. The first sign-in with the new certificate makes it the only one there.
struct KeyRotation: RotatedCredential {
  let peer: DivisionCode
  let secret: any UplinkSecret

  func offer(_: StoredRotation, over connection: RPCConnection) async throws -> Int64 {
    if secret.keys.hasComing { return 0 }
    var request = RequestCertificateRequest()
    request.request = try secret.keys.request().bytes
    request.certificate = try secret.keys.certificate()
    let reply = try await connection.call(NodeCertificates.request, request)
    guard !reply.certificate.isEmpty else {
      throw RotationWaits(
        description: "the authority's answer at \(peer): xiecha-admin certificate approve")
    }
    try secret.keys.keep(reply.certificate)
    return 0
  }

  func prove() async throws { try await secret.connect(with: .comingKey).close() }

  /// Not cut off in the middle, though the link ends as soon as the new one was used: a node whose files
  /// and memory differ would sign in with a certificate that counts no more.
  func adopt() async throws {
    try await Task { [secret] in
      try secret.keys.adopt()
      try await secret.readCertificates()
    }.value
  }

  /// The old certificate opens nothing above since the new one was used; that the new one does, from
  /// its place, is what is left to see.
  func retire() async throws { try await secret.connect(with: .inForce).close() }

  func goBack() async throws -> RotationStep {
    do {
      try await secret.onConnection(with: .inForce) {
        _ = try await $0.call(NodeCertificates.withdraw, WithdrawCertificateRequest())
      }
    } catch let failure as CallFailure
      where failure.reason == FailureReason.authenticationFailed.rawValue && secret.keys.hasComing
    {
      // The new one was used before the node was killed: it alone counts above.
      return .offered
    }
    try secret.keys.discard()
    return .undone
  }
}

internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// This node's password at a node above is replaced.
struct PasswordRotation: RotatedCredential {
  let node: Node
  let peer: DivisionCode
  let secret: any UplinkSecret

  /// By a verifier with the salt of the old: a challenge names one salt for both.
  func offer(_ rotation: StoredRotation, over connection: RPCConnection) async throws -> Int64 {
    let password = try secret.coming() ?? secret.makeComing()
    let asked = try await connection.call(Passwords.offer, OfferPasswordRequest())
    // What a node above names costs this one's processor.
    guard ScramVerifier.saltBounds.contains(asked.salt.count),
      ScramVerifier.secretIterations...ScramVerifier.passwordIterations ~= Int(asked.iterations)
    else {
      throw CallFailure(
        .internal, .invalid, field: "iterations",
        "\(peer) names no salt and iterations of a password")
    }
    var request = OfferPasswordRequest()
    request.overlapSeconds = rotation.overlap
    request.verifier = await node.secrets.run {
      ScramVerifier(password: password, salt: asked.salt, iterations: Int(asked.iterations)).text
    }
    return try await connection.call(Passwords.offer, request).until
  }

  func prove() async throws {
    try await secret.connect(with: .comingPassword).close()
  }

  func adopt() throws {
    // Where it is gone, it was put in its place before the node was killed.
    if try secret.coming() != nil { try secret.adoptComing() }
  }

  func retire() async throws {
    try await secret.onConnection(with: .inForce) {
      _ = try await $0.call(Passwords.retire, RetirePasswordRequest())
    }
  }

  func goBack() async throws -> RotationStep {
    do {
      try await secret.onConnection(with: .inForce) {
        _ = try await $0.call(Passwords.withdraw, WithdrawPasswordRequest())
      }
    } catch let failure as CallFailure {
      switch failure.reason {
      // The new one was put in its place before the node was killed.
      case FailureReason.otherPassword.rawValue where try secret.coming() == nil: return .switched
      // The overlap has passed: the old one opens nothing any more.
      case FailureReason.authenticationFailed.rawValue where try secret.coming() != nil:
        return .offered
      default: throw failure
      }
    }
    try secret.discardComing()
    return .undone
  }
}

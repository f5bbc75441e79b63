internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import Logging
internal import RPC
internal import Wire

/// The lower end of a rotation: this node's password at a node above is replaced over the link itself.
///
/// The new one is offered and taken beside the old, seen in use, put in its place, and the old one
/// retired. Each step is on disk before the next begins: whenever the node is killed, it goes on from
/// the last. What fails is noted for `rotate status`, and tried again.
struct PasswordRotation {
  let node: Node
  let peer: DivisionCode
  let secret: any UplinkSecret

  /// Takes what steps there are until the task is cancelled, as it is with the link.
  func run(over connection: RPCConnection, poll: @Sendable () async throws -> Void) async {
    while !Task.isCancelled {
      do {
        if try await advance(over: connection) { continue }
      } catch {
        if Task.isCancelled { return }
        await note(error)
      }
      try? await poll()
    }
  }

  /// Takes the next step.
  ///
  /// - Parameter connection: The link's, signed in with the password in force here.
  /// - Returns: false where there is none to take.
  /// - Throws: Why it cannot be taken now.
  func advance(over connection: RPCConnection) async throws -> Bool {
    let peer = "\(peer)"
    guard var rotation = try await node.ledger.read({ try $0.rotation(at: peer) }) else {
      return false
    }
    let before = rotation.step
    switch rotation.step {
    case .asked:
      rotation.until = try await offer(overlap: rotation.overlap, over: connection)
      rotation.step = .offered
    case .offered:
      try await secret.connect(withComing: true).close()
      rotation.step = .proven
    case .proven:
      // Where it is gone, it was put in its place before the node was killed.
      if try secret.coming() != nil { try secret.adoptComing() }
      rotation.step = .switched
    case .switched:
      try await onOwnConnection {
        _ = try await $0.call(Passwords.retire, RetirePasswordRequest())
      }
      rotation.until = 0
      rotation.step = .done
    case .goingBack:
      rotation.step = try await goBack()
      if rotation.step == .undone { rotation.until = 0 }
    case .done, .undone: return false
    }
    return try await keep(rotation, after: before)
  }

  /// Offers the new password above, by a verifier with the salt of the old: a challenge names one salt
  /// for both.
  ///
  /// Gives until when both are taken.
  private func offer(overlap: Int64, over connection: RPCConnection) async throws -> Int64 {
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
    request.overlapSeconds = overlap
    request.verifier = await node.secrets.run {
      ScramVerifier(password: password, salt: asked.salt, iterations: Int(asked.iterations)).text
    }
    return try await connection.call(Passwords.offer, request).until
  }

  /// Lets the old password count alone again; where it cannot, the rotation goes on instead.
  private func goBack() async throws -> RotationStep {
    do {
      try await onOwnConnection {
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

  private func onOwnConnection(_ work: (RPCConnection) async throws -> Void) async throws {
    let connection = try await secret.connect(withComing: false)
    do {
      try await work(connection)
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
  }

  /// Notes the step, unless an administrator has decided otherwise meanwhile.
  private func keep(_ rotation: StoredRotation, after before: RotationStep) async throws -> Bool {
    var rotation = rotation
    rotation.changed = node.now()
    rotation.failure = ""
    let (moved, actor) = (rotation, node.identity.actor)
    let isKept = try await node.ledger.commit { ledger -> Bool in
      guard try ledger.rotation(at: moved.peer)?.step == before else { return false }
      try ledger.move(moved)
      if moved.step.isOver {
        try ledger.leaveTrace(
          TraceEntry(
            at: moved.changed, actor: actor, action: "rotate-\(moved.step.name)",
            purpose: moved.peer))
      }
      return true
    }
    if isKept {
      node.log(
        .notice, "a password is being rotated", of: moved.peer, ["step": "\(moved.step.name)"])
    }
    return true
  }

  /// Notes why a step could not be taken, once for each reason.
  private func note(_ error: any Error) async {
    let text = String("\(error)".prefix(500))
    node.log(.error, "a rotation cannot go on now", of: "\(peer)", ["error": "\(text)"])
    let peer = "\(peer)"
    try? await node.ledger.commit { ledger in
      guard var rotation = try ledger.rotation(at: peer), rotation.failure != text else { return }
      rotation.failure = text
      try ledger.move(rotation)
    }
  }
}

internal import Credentials
internal import ExchangeRules
internal import Ledger
internal import Logging
internal import RPC

/// The lower end of a rotation: a credential of this node is replaced at a node above over the link
/// itself.
///
/// The new one is offered and taken beside the old, seen in use, put in its place, and the old one
/// retired. Each step is on disk before the next begins: whenever the node is killed, it goes on from
/// the last. What fails is noted for `rotate status`, and tried again.
struct Rotation {
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
  /// - Parameter connection: The link's, signed in with what is in force here.
  /// - Returns: false where there is none to take.
  /// - Throws: Why it cannot be taken now.
  func advance(over connection: RPCConnection) async throws -> Bool {
    let peer = "\(peer)"
    guard var rotation = try await node.ledger.read({ try $0.rotation(at: peer) }) else {
      return false
    }
    let before = rotation.step
    let credential = credential(of: rotation.kind)
    switch rotation.step {
    case .asked:
      rotation.until = try await credential.offer(rotation, over: connection)
      rotation.step = .offered
    case .offered:
      try await credential.prove()
      rotation.step = .proven
    case .proven:
      try await credential.adopt()
      rotation.step = .switched
    case .switched:
      try await credential.retire()
      rotation.until = 0
      rotation.step = .done
    case .goingBack:
      rotation.step = try await credential.goBack()
      if rotation.step == .undone { rotation.until = 0 }
    case .done, .undone: return false
    }
    return try await keep(rotation, after: before)
  }

  private func credential(of kind: RotationKind) -> any RotatedCredential {
    switch kind {
    case .password: PasswordRotation(node: node, peer: peer, secret: secret)
    case .key: KeyRotation(peer: peer, secret: secret)
    }
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
            purpose: "\(moved.kind.name) \(moved.peer)"))
      }
      return true
    }
    if isKept {
      node.log(
        .notice, "a credential is being rotated", of: moved.peer,
        ["kind": "\(moved.kind.name)", "step": "\(moved.step.name)"])
    }
    return true
  }

  /// Notes why a step could not be taken, once for each reason.
  private func note(_ error: any Error) async {
    let text = String("\(error)".prefix(500))
    if error is RotationWaits {
      node.log(.notice, "a rotation waits", of: "\(peer)", ["for": "\(text)"])
    } else {
      node.log(.error, "a rotation cannot go on now", of: "\(peer)", ["error": "\(text)"])
    }
    let peer = "\(peer)"
    try? await node.ledger.commit { ledger in
      guard var rotation = try ledger.rotation(at: peer), rotation.failure != text else { return }
      rotation.failure = text
      try ledger.move(rotation)
    }
  }
}

public import ExchangeRules
public import Ledger

/// A node that may connect (S2.3): its row in the register and the account that it signs in with
/// are written together.
public struct NodeRegistration: Sendable {
  /// The row in the register.
  public let node: RegisteredNode
  /// The account; nil where there is one already.
  private let newAccount: StoredAccount?
  /// The new password of an account that is there; nil: it stays.
  private let newVerifier: String?
  private let account: String

  /// A registration of a node of a kind at a time in milliseconds since 1970.
  ///
  /// `known` is its account of an earlier registration; `verifier`, of its password, is needed for a
  /// new account and nil where a known one keeps its own.
  public init(
    _ node: RegisteredNode, kind: NodeIdentity.Kind, known: StoredAccount?, verifier: String?,
    now: Int64
  ) {
    self.node = node
    let account = NodeIdentity.account(of: node.division)
    self.account = account
    newVerifier = known == nil ? nil : verifier
    newAccount =
      known != nil
      ? nil
      : verifier.map {
        StoredAccount(
          name: account, displayName: node.name, role: kind.role, division: node.division,
          verifier: $0, created: now)
      }
  }

  /// Writes both in one transaction, with the trace of it; `now` in milliseconds since 1970.
  public func write(to ledger: Ledger, now: Int64, by actor: LedgerActor) async throws {
    try await ledger.commit { [self] ledger in
      try ledger.register(node)
      if let newAccount { try ledger.create(newAccount) }
      if let newVerifier {
        try ledger.changePassword(
          of: account, to: newVerifier, at: now, previousUntil: 0, by: actor)
      }
      try ledger.leaveTrace(
        TraceEntry(at: now, actor: actor, action: "node-register", purpose: node.division))
    }
  }

  /// Lets a node connect, or no longer; its account goes with it, and a trace is left.
  ///
  /// `now` in milliseconds since 1970.
  public static func set(
    _ division: DivisionCode, enabled: Bool, in ledger: Ledger, now: Int64, by actor: LedgerActor
  ) async throws {
    let code = "\(division)"
    try await ledger.commit { ledger in
      try ledger.setNode(code, enabled: enabled)
      try ledger.disable(NodeIdentity.account(of: code), at: enabled ? nil : now)
      try ledger.leaveTrace(
        TraceEntry(
          at: now, actor: actor, action: enabled ? "node-enable" : "node-disable", purpose: code))
    }
  }
}

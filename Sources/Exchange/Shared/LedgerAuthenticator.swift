internal import Credentials
internal import ExchangeRules
internal import Ledger
internal import Logging
public import RPC
public import TLS
public import Wire

/// The accounts of a node, as its server asks for them (S8.1).
///
/// An account is a person's or a node's; a session stands for an account and ends by itself. Nodes
/// must also present the certificate of their division.
public struct LedgerAuthenticator: Authenticator {
  private let node: Node

  /// An authenticator over a node's accounts.
  public init(_ node: Node) {
    self.node = node
  }

  /// Of an account or a session; nil where neither may sign in now.
  public func credential(of name: String, peer: PeerIdentity?) async -> SignInCredential? {
    guard let found = await find(name), LedgerAuthenticator.mayUse(found.account, peer) else {
      return nil
    }
    if let session = found.session {
      return ScramVerifier(text: session.verifier).map { SignInCredential(current: $0) }
    }
    let verifiers = found.account.verifiers(at: node.now()).map(ScramVerifier.init(text:))
    guard let current = verifiers.first ?? nil else { return nil }
    return SignInCredential(
      current: current, previous: verifiers.count > 1 ? verifiers[1] : nil)
  }

  /// Sessions have secrets of full entropy and need few iterations.
  public func decoyIterations(of name: String) -> Int {
    SessionCredential.isSessionName(name)
      ? ScramVerifier.secretIterations : ScramVerifier.passwordIterations
  }

  /// Notes the sign-in (S10.1) and tells who it is.
  public func signedIn(_ name: String, peer: PeerIdentity?) async throws(CallFailure) -> Caller {
    guard let (account, session) = await find(name), let role = Role(rawValue: account.role) else {
      throw CallFailure(.unauthenticated, "account-gone", "the account was switched off just now")
    }
    let now = node.now()
    // A session was noted when its password was typed; a full disk must not keep anybody from reading.
    guard session == nil else {
      return Caller(
        account: account.name, role: role, division: account.division, session: name, since: now)
    }
    do {
      try await node.ledger.commit { ledger in
        try ledger.recordLogin(
          of: account.name, at: now, day: CivilDate(chinaDateOf: now).yyyymmdd)
        if role.isNode { try ledger.recordSeen(account.division, at: now) }
      }
    } catch {
      node.logger.error("a sign-in could not be noted", metadata: ["error": "\(error)"])
      throw CallFailure(
        .unavailable, "ledger", "the sign-in cannot be noted on disk now; try again later")
    }
    return Caller(
      account: account.name, role: role, division: account.division, since: now)
  }

  /// Not after the account was switched off, the session ended, or the password was replaced.
  public func mayStay(_ caller: Caller) async -> Bool {
    let name = caller.session.isEmpty ? caller.account : caller.session
    guard let (account, session) = await find(name, evenIfLocked: true) else { return false }
    guard session == nil else { return true }
    return account.passwordChanged <= caller.since || node.now() < account.previousUntil
  }

  /// Counts the failure; a node's account is counted only against its own certificate, so that
  /// nobody else can lock it.
  public func refused(_ name: String, peer: PeerIdentity?) async {
    let now = node.now()
    do {
      try await node.ledger.commit { ledger in
        guard let account = try ledger.account(name),
          LedgerAuthenticator.mayUse(account, peer), account.isOpen(at: now)
        else { return }
        let policy = LockoutPolicy.standard
        var failures = SignInFailures(
          count: account.failures, last: account.lastFailure / 1000,
          lockedUntil: account.lockedUntil / 1000)
        failures.recordFailure(now: now / 1000, policy: policy)
        try ledger.recordFailures(
          of: name, count: failures.count, last: now, lockedUntil: failures.lockedUntil * 1000)
      }
    } catch {
      node.logger.error("a failed sign-in could not be noted", metadata: ["error": "\(error)"])
    }
  }

  private static func mayUse(_ account: StoredAccount, _ peer: PeerIdentity?) -> Bool {
    guard let role = Role(rawValue: account.role) else { return false }
    return !role.isNode || peer?.division == account.division
  }

  /// A lock keeps out who does not know the password, not who is in already: else anybody who can
  /// reach the port could end an operator's day.
  private func find(
    _ name: String, evenIfLocked: Bool = false
  ) async -> (account: StoredAccount, session: StoredSession?)? {
    let now = node.now()
    do {
      return try await node.ledger.read { ledger in
        if SessionCredential.isSessionName(name) {
          guard let session = try ledger.session(name), session.isOpen(at: now),
            let account = try ledger.account(session.account), account.disabled == 0
          else { return nil }
          return (account, session)
        }
        guard let account = try ledger.account(name),
          evenIfLocked ? account.disabled == 0 : account.isOpen(at: now)
        else { return nil }
        return (account, nil)
      }
    } catch {
      node.logger.error("the accounts cannot be read", metadata: ["error": "\(error)"])
      return nil
    }
  }
}

public import Credentials
internal import ExchangeRules
public import Ledger
internal import Logging
public import RPC
internal import TLS
public import Wire

/// The accounts of a node, as its server asks for them (S8.1).
///
/// An account is a person's or a node's; a session stands for an account and ends by itself. Nodes
/// must also present the certificate of their division, the one that they are registered with.
public struct LedgerAuthenticator: Authenticator {
  private let node: Node
  /// Refused sign-ins of a locked account, or of a name that may not sign in: told without a name.
  private static let signIn = Denials.Kind(account: "", method: "sign-in", reason: "")
  private let uncounted = Denials()
  private let failures = FailuresByAddress(policy: .fromOneAddress)

  /// An authenticator over a node's accounts.
  public init(_ node: Node) {
    self.node = node
  }

  /// Of an account or a session; nil where neither may sign in now, or not from there.
  public func credential(of name: String, peer: SignInPeer) async -> SignInCredential? {
    guard let found = await find(name, peer), LedgerAuthenticator.mayUse(found.account, peer) else {
      return nil
    }
    if let registered = found.node, !registered.takes(peer.certificate?.fingerprint ?? []) {
      node.log(
        .error,
        """
        a node signs in with another certificate than it is registered with: xiecha-admin node \
        register --certificate
        """, of: registered.division)
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
  public func signedIn(
    _ name: String, proven: ScramVerifier, peer: SignInPeer
  ) async throws(CallFailure) -> Caller {
    guard let (account, session, _) = await find(name, peer),
      let role = Role(rawValue: account.role)
    else {
      throw CallFailure(.unauthenticated, .accountGone, "the account was switched off just now")
    }
    // A session was noted when its password was typed; a full disk must not keep anybody from reading.
    if let session { try? await use(session, at: node.now()) }
    let passwordSet =
      session == nil
      ? try await noteSignIn(of: account, role, proven, peer) : account.passwordChanged
    if session == nil { failures.forget(account.name, at: peer.address) }
    return Caller(
      account: account.name, role: role, division: account.division,
      session: session == nil ? "" : name, passwordSet: passwordSet,
      certificate: peer.certificate?.fingerprint ?? [])
  }

  /// Notes a sign-in, in the transaction that sees that the proven password is still in force.
  ///
  /// Returns when that password was set, in milliseconds since 1970.
  private func noteSignIn(
    of account: StoredAccount, _ role: Role, _ proven: ScramVerifier, _ peer: SignInPeer
  ) async throws(CallFailure) -> Int64 {
    let (now, verifier) = (node.now(), proven.text)
    let (certificate, address) = (peer.certificate?.fingerprint ?? [], peer.address)
    do {
      return try await node.ledger.commit { ledger in
        guard let account = try ledger.account(account.name), account.disabled == 0,
          let passwordSet = account.passwordSet(of: verifier, at: now)
        else {
          throw CallFailure(
            .unauthenticated, .accountGone, "the account or its password was changed just now")
        }
        try ledger.recordLogin(
          of: account.name, at: now, day: CivilDate(chinaDateOf: now).yyyymmdd, from: address)
        if role.isNode {
          try ledger.recordSeen(account.division, at: now)
          if try ledger.adoptCertificate(certificate, of: account.division) {
            try ledger.removeCertificateRequest(of: account.division)
            try ledger.leaveTrace(
              TraceEntry(
                at: now, actor: LedgerActor(account), action: "certificate-adopted",
                purpose: Hexadecimal.text(certificate)))
          }
        }
        try ledger.leaveTrace(
          TraceEntry(at: now, actor: LedgerActor(account), action: "sign-in", purpose: address))
        return passwordSet
      }
    } catch let failure as CallFailure {
      throw failure
    } catch {
      node.logger.error("a sign-in could not be noted", metadata: ["error": "\(error)"])
      throw CallFailure(
        .unavailable, .ledger, "the sign-in cannot be noted on disk now; try again later")
    }
  }

  /// Not after the account was switched off, the session ended or was left alone for too long, or the
  /// password was replaced.
  public func mayStay(_ caller: Caller, isActive: Bool) async -> Bool {
    let now = node.now()
    do {
      let (mayStay, session) = try await node.ledger.read { ledger in
        (
          try ledger.mayStay(caller, at: now),
          isActive && !caller.session.isEmpty ? try ledger.session(caller.session) : nil
        )
      }
      if mayStay, let session { try await use(session, at: now) }
      return mayStay
    } catch {
      node.logger.error("the accounts cannot be read", metadata: ["error": "\(error)"])
      return false
    }
  }

  /// Notes that a session is in use, now and then.
  private func use(_ session: StoredSession, at now: Int64) async throws {
    guard session.isToBeNoted(at: now) else { return }
    try await node.ledger.commit { try $0.useSession(session.id, at: now) }
  }

  /// Counts the failure by address and in all, and leaves its trace in the same commit; a node's
  /// account is counted only against its own certificate, so that nobody else can lock it.
  ///
  /// An account that is locked, and a name that may not sign in, are told together, once a minute:
  /// what somebody can make without a password fills no disk.
  public func refused(_ name: String, peer: SignInPeer) async {
    let now = node.now()
    do {
      if let (account, session, _) = await find(name, peer), session == nil,
        LedgerAuthenticator.mayUse(account, peer)
      {
        try await count(account, peer, at: now)
      } else if let count = uncounted.add(Self.signIn, at: now) {
        try await tell(uncounted: count, at: now)
      }
    } catch {
      node.logger.error("a failed sign-in could not be noted", metadata: ["error": "\(error)"])
    }
  }

  private func count(_ account: StoredAccount, _ peer: SignInPeer, at now: Int64) async throws {
    let own = failures.record(account.name, at: peer.address, now: now / 1000)
    let place = peer.address.isEmpty ? "" : " from \(peer.address)"
    try await node.ledger.commit { ledger in
      guard let account = try ledger.account(account.name) else { return }
      var all = SignInFailures(
        count: account.failures, last: account.lastFailure / 1000,
        lockedUntil: account.lockedUntil / 1000)
      all.recordFailure(now: now / 1000, policy: .fromAllAddresses)
      try ledger.recordFailures(
        of: account.name, count: all.count, last: now, lockedUntil: all.lockedUntil * 1000)
      let lock =
        all.isLocked(now: now / 1000)
        ? ", locked" : own.isLocked(now: now / 1000) ? ", locked there" : ""
      try ledger.leaveTrace(
        TraceEntry(
          at: now, actor: LedgerActor(account), action: "sign-in-refused",
          purpose: "failure \(all.count)\(place)\(lock)"))
    }
  }

  /// Leaves a trace of a call that was refused because of who called (G2).
  public func denied(_ method: String, of caller: Caller, _ failure: CallFailure) {
    Tracing(node: node).denied(method, of: caller, failure.reason)
  }

  /// Leaves the trace of refusals that count against nobody; of the names nothing is kept, since a
  /// password may have been typed as one.
  private func tell(uncounted count: Int, at now: Int64) async throws {
    let division = node.identity.division
    do {
      _ = try await node.ledger.commit { ledger in
        try ledger.leaveTrace(
          TraceEntry(
            at: now, actor: LedgerActor(account: "", role: "", division: "\(division)"),
            action: "sign-in-refused", purpose: "locked or unknown: \(count)"))
      }
    } catch {
      uncounted.takeBack(count, of: Self.signIn)
      throw error
    }
  }

  private static func mayUse(_ account: StoredAccount, _ peer: SignInPeer) -> Bool {
    guard let role = Role(rawValue: account.role) else { return false }
    return !role.isNode || peer.certificate?.division == account.division
  }

  private func find(
    _ name: String, _ peer: SignInPeer
  ) async -> (account: StoredAccount, session: StoredSession?, node: RegisteredNode?)? {
    let now = node.now()
    do {
      return try await node.ledger.read { [failures] ledger in
        if SessionCredential.isSessionName(name) {
          guard let session = try ledger.session(name), session.isOpen(at: now),
            let account = try ledger.account(session.account), account.disabled == 0
          else { return nil }
          return (account, session, nil)
        }
        guard let account = try ledger.account(signingInAs: name),
          account.isOpen(at: now, from: peer.address),
          !failures.isLocked(account.name, at: peer.address, now: now / 1000)
        else { return nil }
        let isNode = Role(rawValue: account.role)?.isNode == true
        return (account, nil, isNode ? try ledger.node(account.division) : nil)
      }
    } catch {
      node.logger.error("the accounts cannot be read", metadata: ["error": "\(error)"])
      return nil
    }
  }
}

extension LedgerActor {
  /// The account as the one who acts.
  fileprivate init(_ account: StoredAccount) {
    self.init(account: account.name, role: account.role, division: account.division)
  }
}

extension LedgerReader {
  /// The account of a name as somebody typed it: as it is, which finds an account from before names
  /// were read in one way, else as all accounts have it now (RFC 8265).
  public func account(signingInAs name: String) throws -> StoredAccount? {
    if let account = try account(name) { return account }
    guard let read = AccountName.read(name), read != name else { return nil }
    return try account(read)
  }

  /// Whether a caller that signed in earlier may still act at this time: its account is not switched
  /// off, its session has not ended, its password was not replaced.
  ///
  /// A lock keeps out who does not know the password, not who is in already: else anybody who can
  /// reach the port could end an operator's day.
  func mayStay(_ caller: Caller, at now: Int64) throws -> Bool {
    try end(of: caller, at: now) != nil
  }

  /// Until when a caller may act, and any session that it opens may last, in milliseconds since 1970:
  /// to the end of the session that it signed in with, or of the overlap in which an old password
  /// still counts.
  ///
  /// Nil: it may not act any more.
  func end(of caller: Caller, at now: Int64) throws -> Int64? {
    guard let account = try account(caller.account), account.disabled == 0 else { return nil }
    if !caller.session.isEmpty {
      return try session(caller.session).flatMap { $0.isOpen(at: now) ? $0.expires : nil }
    }
    if caller.role.isNode, let node = try node(caller.division), !node.takes(caller.certificate) {
      return nil
    }
    if account.passwordChanged <= caller.passwordSet { return .max }
    return now < account.previousUntil ? account.previousUntil : nil
  }
}

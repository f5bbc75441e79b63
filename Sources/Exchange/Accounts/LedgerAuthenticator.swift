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
    guard let found = await find(name, peer), let role = Role(rawValue: found.account.role) else {
      throw CallFailure(.unauthenticated, .accountGone, "the account was switched off just now")
    }
    let (account, session) = (found.account, found.session)
    if let session { try check(session) }
    if node.access.certificateRoles.contains(role), !found.showsCertificate {
      try await refuseWithoutCertificate(account, peer)
    }
    // A session was noted when its password was typed; a full disk must not keep anybody from reading.
    if let session { try? await use(session, at: node.now()) }
    let passwordSet =
      session == nil
      ? try await noteSignIn(of: account, role, proven, peer) : account.passwordChanged
    if session == nil { failures.forget(account.name, at: found.place) }
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
        if !role.isNode, try ledger.accountCertificate(certificate)?.account == account.name,
          try ledger.retireCertificates(before: certificate, at: now) > 0
        {
          try ledger.leaveTrace(
            TraceEntry(
              at: now, actor: LedgerActor(account), action: "certificate-adopted",
              purpose: Hexadecimal.text(certificate)))
        }
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
    let (now, access) = (node.now(), node.access)
    do {
      let (mayStay, session) = try await node.ledger.read { ledger in
        (
          try ledger.mayStay(caller, under: access, at: now),
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
      if let found = await find(name, peer), found.session == nil,
        LedgerAuthenticator.mayUse(found.account, peer)
      {
        try await count(found, peer, at: now)
      } else if let count = uncounted.add(Self.signIn, at: now) {
        try await tell(uncounted: count, at: now)
      }
    } catch {
      node.logger.error("a failed sign-in could not be noted", metadata: ["error": "\(error)"])
    }
  }

  private func count(_ found: SigningIn, _ peer: SignInPeer, at now: Int64) async throws {
    let account = found.account
    let own = failures.record(account.name, at: found.place, now: now / 1000)
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

  /// A secret was proven that opens nothing more: its program is told why.
  private func check(_ session: StoredSession) throws(CallFailure) {
    let limits = node.access.sessions
    guard !session.isOpen(at: node.now(), under: limits) else { return }
    throw session.isDisplaced
      ? CallFailure(
        .unauthenticated, .sessionDisplaced,
        "the account has opened \(limits.sessionsOfAccount) newer sessions, as many as it may have")
      : CallFailure(
        .unauthenticated, .sessionIdle,
        "the session was left alone for \(limits.idleSeconds / 60) minutes; sign in again")
  }

  /// The password was right and alone (AUTH-4): it leaves a trace, since somebody knows it.
  private func refuseWithoutCertificate(
    _ account: StoredAccount, _ peer: SignInPeer
  ) async throws(CallFailure) {
    let place = peer.address.isEmpty ? "" : " from \(peer.address)"
    let entry = TraceEntry(
      at: node.now(), actor: LedgerActor(account), action: "sign-in-refused",
      purpose: "no certificate of the account\(place)")
    do {
      try await node.ledger.commit { try $0.leaveTrace(entry) }
    } catch {
      node.logger.error("a refused sign-in could not be noted", metadata: ["error": "\(error)"])
    }
    throw CallFailure(
      .unauthenticated, .certificateRequired,
      "the account needs its own certificate beside the password")
  }

  private static func mayUse(_ account: StoredAccount, _ peer: SignInPeer) -> Bool {
    guard let role = Role(rawValue: account.role) else { return false }
    return !role.isNode || peer.certificate?.division == account.division
  }

  private func find(
    _ name: String, _ peer: SignInPeer
  ) async -> SigningIn? {
    let (now, access) = (node.now(), node.access)
    do {
      return try await node.ledger.read { [failures] ledger in
        if SessionCredential.isSessionName(name) {
          guard let session = try ledger.session(name),
            session.mayBeTold(at: now, under: access.sessions),
            let account = try ledger.account(session.account), account.disabled == 0
          else { return nil }
          return try SigningIn(account, session, peer, in: ledger, at: now)
        }
        guard let account = try ledger.account(signingInAs: name) else { return nil }
        let found = try SigningIn(account, nil, peer, in: ledger, at: now)
        // The owner's certificate is not guessed: no lock that others have brought about holds it up.
        guard
          found.showsCertificate
            ? account.disabled == 0 : account.isOpen(at: now, from: peer.address),
          !failures.isLocked(account.name, at: found.place, now: now / 1000)
        else { return nil }
        return found
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
}

internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import TLS
internal import Wire

/// The caller's own account and session.
struct AccountService {
  let node: Node

  func register(in methods: inout MethodTable) {
    methods.answer(Account.whoAmI) { _, context in try await whoAmI(context.caller) }
    methods.answer(Account.openSession) { _, context in try await openSession(context.caller) }
    methods.answer(Account.closeSession) { _, context in try await closeSession(context.caller) }
    methods.answer(Account.changePassword) { request, context in
      try await changePassword(request, by: context.caller)
    }
  }

  private func whoAmI(_ caller: Caller) async throws -> WhoAmIReply {
    var reply = WhoAmIReply()
    var actor = Actor()
    actor.account = caller.account
    actor.role = caller.role.rawValue
    actor.division = caller.division
    reply.actor = actor
    reply.node = "\(node.identity.division)"
    reply.nodeName = node.identity.name
    reply.profile = node.identity.profile.name
    reply.notices = node.notices.map(\.message)
    let (account, certificate) = try await node.ledger.read {
      (try $0.account(caller.account), try $0.accountCertificate(caller.certificate))
    }
    reply.previousSignIn = account?.previousLogin ?? 0
    reply.previousAddress = account?.previousAddress ?? ""
    if let account {
      let left = PasswordPolicy.standard.daysLeft(
        setAt: account.passwordChanged / 1000, now: node.now() / 1000)
      if left <= PasswordPolicy.warningDays { reply.notices.append(Self.ends(in: left)) }
    }
    if let certificate, certificate.account == caller.account {
      let left = (certificate.expires - node.now()) / 86_400_000
      if left <= ValidityEnd.warningDays {
        reply.notices.append(Self.certificateEnds(in: left))
      }
    }
    return reply
  }

  /// That the caller's own certificate is to be renewed (AUTH-4).
  private static func certificateEnds(in days: Int64) -> Advice {
    advice(
      .certificate,
      "本人证书还有\(days)天到期，请向安全管理员换发 / your own certificate ends in \(days) days; have it renewed")
  }

  /// That the caller's password is to be changed (AUTH-1).
  private static func ends(in days: Int64) -> Advice {
    advice(
      .passwordExpired, "密码还有\(days)天到期，请更改密码 / the password ends in \(days) days; change it")
  }

  private static func advice(_ reason: FailureReason, _ text: String) -> Advice {
    var advice = Advice()
    advice.rule = "S8.1"
    advice.reason = reason.rawValue
    advice.text = text
    return advice
  }

  /// With a password that is too old nothing opens but its change (AUTH-1).
  private func openSession(_ caller: Caller) async throws -> OpenSessionReply {
    let credential = SessionCredential.make()
    let verifier = await node.secrets.run { credential.verifier.text }
    let (now, access) = (node.now(), node.access)
    let expires = try await node.ledger.commit { ledger in
      // A password that leaked and was replaced must not live on in what it opened.
      guard let end = try ledger.end(of: caller, under: access, at: now) else {
        throw CallFailure(
          .unauthenticated, .signedOut,
          "the account's password or rights were changed; sign in again")
      }
      if let account = try ledger.account(caller.account),
        PasswordPolicy.standard.isExpired(
          setAt: account.passwordChanged / 1000, now: now / 1000)
      {
        throw CallFailure(
          .failedPrecondition, .passwordExpired,
          "密码已满 \(PasswordPolicy.standard.maximumAgeDays) 天，请先更改密码 / the password is older than "
            + "\(PasswordPolicy.standard.maximumAgeDays) days; change it first")
      }
      let session = StoredSession(
        id: credential.name, account: caller.account, verifier: verifier, opened: now,
        expires: min(now + access.sessions.longestSeconds * 1000, end))
      try ledger.open(session, atMost: access.sessions.sessionsOfAccount)
      return session.expires
    }
    var reply = OpenSessionReply()
    reply.name = credential.name
    reply.secret = credential.secret
    reply.expires = expires
    return reply
  }

  private func closeSession(_ caller: Caller) async throws -> CloseSessionReply {
    let now = node.now()
    if !caller.session.isEmpty {
      try await node.ledger.commit { try $0.revokeSession(caller.session, at: now) }
    }
    return CloseSessionReply()
  }

  /// S8.1: replaces the caller's own password, at once and alone; what the old one has opened ends.
  ///
  /// A session does not do it: whoever finds one open is not who knows the password.
  private func changePassword(
    _ request: ChangePasswordRequest, by caller: Caller
  ) async throws -> ChangePasswordReply {
    guard let verifier = ScramVerifier(text: request.verifier),
      verifier.iterations == ScramVerifier.passwordIterations
    else {
      throw CallFailure(
        .invalidArgument, .invalid, field: "verifier",
        "no verifier of \(ScramVerifier.passwordIterations) iterations")
    }
    guard caller.session.isEmpty else {
      throw CallFailure(
        .failedPrecondition, .otherPassword,
        "须用现密码登录后更改 / sign in with the present password to change it")
    }
    let (now, access, actor) = (node.now(), node.access, LedgerActor(caller))
    try await node.ledger.commit { ledger in
      guard try ledger.end(of: caller, under: access, at: now) == .max else {
        throw CallFailure(
          .unauthenticated, .signedOut,
          "the account's password or rights were changed; sign in again")
      }
      try ledger.changePassword(
        of: caller.account, to: verifier.text, at: now, previousUntil: 0, by: actor)
      try ledger.revokeSessions(of: caller.account, at: now)
      try ledger.leaveTrace(
        TraceEntry(at: now, actor: actor, action: "password-set", purpose: caller.account))
    }
    return ChangePasswordReply()
  }
}

internal import Credentials
internal import ExchangeProtos
internal import Ledger
internal import RPC
internal import Wire

/// The upper end of a rotation: a node below replaces its own password here, the new one taken beside
/// the old until it was seen in use (S8.1).
///
/// The office hears of it in the same commit (S8.2).
struct PasswordOffers {
  let node: Node

  func register(in methods: inout MethodTable) {
    methods.answer(Passwords.offer) { request, context in
      try await offer(request, by: context.caller)
    }
    methods.answer(Passwords.retire) { _, context in try await retire(by: context.caller) }
    methods.answer(Passwords.withdraw) { _, context in try await withdraw(by: context.caller) }
  }

  /// Takes the verifier of a new password beside the one in force; offered again, nothing changes.
  private func offer(
    _ request: OfferPasswordRequest, by caller: Caller
  ) async throws -> OfferPasswordReply {
    let now = node.now()
    return try await node.ledger.commit { ledger in
      let account = try Self.account(of: caller, in: ledger)
      guard let current = ScramVerifier(text: account.verifier) else {
        throw LedgerFailure(
          .corrupt, "the verifier of \(account.name) is damaged; restore the last backup")
      }
      var reply = OfferPasswordReply()
      reply.salt = current.salt
      reply.iterations = Int32(clamping: current.iterations)
      if request.verifier.isEmpty { return reply }
      if request.verifier == account.verifier {
        reply.until = now < account.previousUntil ? account.previousUntil : 0
        return reply
      }
      guard let offered = ScramVerifier(text: request.verifier), offered.salt == current.salt,
        offered.iterations == current.iterations
      else {
        throw CallFailure(
          .invalidArgument, .invalid, field: "verifier",
          "no verifier with the salt and the iterations of the password in force")
      }
      let overlap = RotatingCredential.longestOverlapSeconds
      guard (1...overlap).contains(request.overlapSeconds) else {
        throw CallFailure(
          .invalidArgument, .invalid, field: "overlap_seconds",
          "\(request.overlapSeconds) seconds; from 1 to \(overlap)")
      }
      // A third password would take the place of one that the other end may still need.
      guard now >= account.previousUntil else { throw Self.otherPassword }
      reply.until = now + request.overlapSeconds * 1000
      try ledger.changePassword(
        of: account.name, to: offered.text, at: now, previousUntil: reply.until,
        by: LedgerActor(caller))
      try Self.trace("password-offered", by: caller, at: now, in: ledger)
      return reply
    }
  }

  /// The old password counts no more, once its owner has signed in with the new one; a link that was
  /// opened with the old one ends and comes back.
  private func retire(by caller: Caller) async throws -> RetirePasswordReply {
    let now = node.now()
    return try await node.ledger.commit { ledger in
      let account = try Self.account(of: caller, in: ledger)
      guard caller.passwordSet == account.passwordChanged else { throw Self.otherPassword }
      if account.previousVerifier == nil { return RetirePasswordReply() }
      try ledger.retirePassword(of: account.name)
      try Self.trace("password-retired", by: caller, at: now, in: ledger)
      return RetirePasswordReply()
    }
  }

  /// The old password counts alone again, where its owner has signed in with it.
  private func withdraw(by caller: Caller) async throws -> WithdrawPasswordReply {
    let now = node.now()
    return try await node.ledger.commit { ledger in
      let account = try Self.account(of: caller, in: ledger)
      // The one in force, and none beside it: there is nothing to take back.
      let isAlone = now >= account.previousUntil
      if caller.passwordSet == account.passwordChanged, isAlone { return WithdrawPasswordReply() }
      guard caller.passwordSet < account.passwordChanged,
        try ledger.restorePassword(of: account.name, at: now)
      else { throw Self.otherPassword }
      try Self.trace("password-withdrawn", by: caller, at: now, in: ledger)
      return WithdrawPasswordReply()
    }
  }

  private static func account(
    of caller: Caller, in ledger: LedgerReader
  ) throws -> StoredAccount {
    guard let account = try ledger.account(caller.account) else {
      throw CallFailure(.unauthenticated, .accountGone, "the account is no more")
    }
    return account
  }

  private static func trace(
    _ action: String, by caller: Caller, at now: Int64, in ledger: LedgerTransaction
  ) throws {
    try ledger.leaveTrace(
      TraceEntry(at: now, actor: LedgerActor(caller), action: action, purpose: caller.account))
  }

  private static let otherPassword = CallFailure(
    .failedPrecondition, .otherPassword,
    "本步骤须用另一个密码登录 / this step needs a sign-in with the other password")
}

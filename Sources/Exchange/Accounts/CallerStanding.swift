internal import Credentials
internal import Ledger
internal import RPC

extension LedgerReader {
  /// Whether a caller that signed in earlier may still act at this time: its account is not switched
  /// off and its rights are the same, its session has not ended, neither its password nor its
  /// certificate was replaced.
  ///
  /// A lock keeps out who does not know the password, not who is in already: else anybody who can
  /// reach the port could end an operator's day.
  func mayStay(_ caller: Caller, under access: AccessPolicy, at now: Int64) throws -> Bool {
    try end(of: caller, under: access, at: now) != nil
  }

  /// Until when a caller may act, and any session that it opens may last, in milliseconds since 1970:
  /// to the end of the session that it signed in with, or of the overlap in which an old password
  /// still counts.
  ///
  /// Nil: it may not act any more.
  func end(of caller: Caller, under access: AccessPolicy, at now: Int64) throws -> Int64? {
    guard let account = try account(caller.account), account.disabled == 0,
      account.role == caller.role.rawValue, account.division == caller.division,
      try isCertified(caller, under: access, at: now)
    else { return nil }
    if !caller.session.isEmpty {
      guard let session = try session(caller.session),
        session.isOpen(at: now, under: access.sessions)
      else { return nil }
      return session.end(under: access.sessions)
    }
    if caller.role.isNode, let node = try node(caller.division), !node.takes(caller.certificate) {
      return nil
    }
    if account.passwordChanged <= caller.passwordSet { return .max }
    return now < account.previousUntil ? account.previousUntil : nil
  }

  /// Whether the caller's certificate still counts, or none is asked of it (AUTH-4): one that was
  /// revoked ends what it has opened, also where none is asked.
  private func isCertified(
    _ caller: Caller, under access: AccessPolicy, at now: Int64
  ) throws -> Bool {
    if caller.role.isNode { return true }
    guard let known = try accountCertificate(caller.certificate), known.account == caller.account
    else { return !access.certificateRoles.contains(caller.role) }
    return known.counts(at: now)
  }
}

public import Credentials
internal import NIOCore
public import TLS
public import Wire

/// Who calls: proven by password, and for a node by its certificate too.
public struct Caller: Sendable, Hashable {
  /// The account's name, such as `zhang.li` or `node:441702`.
  public var account: String
  /// The role the account has.
  public var role: Role
  /// The division that the account acts for: 2 to 12 digits.
  public var division: String
  /// The session that the caller signed in with; empty for a password.
  public var session: String
  /// When the password was set that it signed in with: milliseconds since 1970.
  public var passwordSet: Int64
  /// SHA-256 of the certificate that it presented; empty: none.
  public var certificate: [UInt8]

  /// A caller of its parts.
  public init(
    account: String, role: Role, division: String, session: String = "", passwordSet: Int64 = 0,
    certificate: [UInt8] = []
  ) {
    self.account = account
    self.role = role
    self.division = division
    self.session = session
    self.passwordSet = passwordSet
    self.certificate = certificate
  }
}

/// Who is at the other end of a connection: made once, at its sign-in.
final class SignedInPeer: Sendable {
  let caller: Caller
  let certificate: PeerIdentity?
  /// What the account has of the node.
  let share: AccountShare
  /// Where it is logged what the caller is refused.
  let refusals: RefusalLog

  init(
    _ caller: Caller, certificate: PeerIdentity?, share: AccountShare, refusals: RefusalLog
  ) {
    self.caller = caller
    self.certificate = certificate
    self.share = share
    self.refusals = refusals
  }
}

/// What a handler is told beside the request.
public struct CallContext: Sendable {
  private let signedIn: SignedInPeer
  /// On whose divisions the caller may use this method.
  public let scope: Scope
  let deadline: NIODeadline?
  /// What the call belongs to; nil: the caller did not say.
  public let trace: TraceContext?

  init(
    _ signedIn: SignedInPeer, scope: Scope, deadline: NIODeadline?, trace: TraceContext? = nil
  ) {
    self.signedIn = signedIn
    self.scope = scope
    self.deadline = deadline
    self.trace = trace
  }

  /// Who calls.
  public var caller: Caller { signedIn.caller }
  /// The peer's certificate, if it presented one.
  public var peer: PeerIdentity? { signedIn.certificate }

  /// Logs what is refused within a call that itself is answered: one item of several.
  ///
  /// - Parameters:
  ///   - failure: Why.
  ///   - act: What was to happen to it.
  ///   - item: Its identity.
  public func note(_ failure: CallFailure, act: String, item: String) {
    signedIn.refusals.note(failure, act: act, item: item, account: caller.account, trace: trace)
  }
}

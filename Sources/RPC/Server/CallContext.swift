public import Credentials
internal import NIOCore
public import TLS

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
  /// When it signed in: milliseconds since 1970.
  public var since: Int64

  /// A caller of its parts.
  public init(
    account: String, role: Role, division: String, session: String = "", since: Int64 = 0
  ) {
    self.account = account
    self.role = role
    self.division = division
    self.session = session
    self.since = since
  }
}

/// What a handler is told beside the request.
public struct CallContext: Sendable {
  /// Who calls.
  public let caller: Caller
  /// On whose divisions the caller may use this method.
  public let scope: Scope
  /// The peer's certificate, if it presented one.
  public let peer: PeerIdentity?
  let deadline: NIODeadline?

  /// The time that is left for the call, in milliseconds; nil if the caller set none.
  public var millisecondsLeft: UInt32? {
    deadline.map { UInt32(clamping: max(0, ($0 - .now()).nanoseconds / 1_000_000)) }
  }
}

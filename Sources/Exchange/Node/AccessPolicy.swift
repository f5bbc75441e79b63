public import Credentials

/// What a site asks of those who sign in, beside the password (AUTH-2, AUTH-4).
public struct AccessPolicy: Sendable, Hashable {
  /// The roles whose people show their own certificate too; all others may.
  public var certificateRoles: Set<Role>
  /// How many sessions an account has, and how long they last.
  public var sessions: SessionLimits

  /// A policy; the standard asks the three duties for a certificate.
  public init(
    certificateRoles: Set<Role> = Set(Role.duties), sessions: SessionLimits = .standard
  ) {
    self.certificateRoles = certificateRoles
    self.sessions = sessions
  }
}

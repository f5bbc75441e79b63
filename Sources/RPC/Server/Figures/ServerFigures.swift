public import Wire

/// What a server has done since it was started, for whoever watches over it.
///
/// It names methods, statuses and reasons: no account and no address.
public struct ServerFigures: Sendable, Hashable {
  /// Of one method that was called at least once.
  public struct Method: Sendable, Hashable {
    /// Such as `xiecha.Items/Enter`.
    public let name: String
    /// How many calls were answered, by what they were answered with.
    public let answered: [StatusCode: UInt64]
    /// What its unary calls took; empty where all last as long as the caller likes.
    public let took: LatencyHistogram
  }

  /// Methods, by name.
  public let methods: [Method]
  /// Calls of methods that this node does not have.
  public let unknownCalls: UInt64
  /// Sign-ins that succeeded, by who signed in.
  public let signedIn: [SignInKind: UInt64]
  /// Sign-ins with a wrong name or password, or of an account that may not.
  public let refusedSignIns: UInt64
  /// Connections that this side has ended, by reason.
  public let ends: [String: UInt64]
}

/// Who signs in.
public enum SignInKind: String, Sendable, Hashable, CaseIterable {
  /// A person, by password.
  case person
  /// A person's program that goes on with a session.
  case session
  /// A node.
  case node
}

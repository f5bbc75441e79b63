public import Credentials
public import Wire

/// What a sign-in is checked against.
public struct SignInCredential: Sendable {
  /// The verifier of the password in force.
  public var current: ScramVerifier
  /// The password before it, while it is still taken; of the same salt.
  public var previous: ScramVerifier?

  /// A credential of its parts.
  public init(current: ScramVerifier, previous: ScramVerifier? = nil) {
    self.current = current
    self.previous = previous
  }
}

/// What a server asks of the place that keeps the accounts.
public protocol Authenticator: Sendable {
  /// The stored credential of an account that may sign in now.
  ///
  /// Nil for an account that does not exist, is locked, or must not be used with this peer's
  /// certificate: the exchange then goes on with a false one and fails as a wrong password does.
  func credential(of name: String, peer: SignInPeer) async -> SignInCredential?
  /// The iterations that an unknown account of this kind of name pretends to have.
  func decoyIterations(of name: String) -> Int
  /// A password was proven: who calls from now on.
  ///
  /// - `proven`: what it was proven against. The account may have got another password since
  ///   the credential was asked for; then nobody is signed in.
  func signedIn(
    _ name: String, proven: ScramVerifier, peer: SignInPeer
  ) async throws(CallFailure) -> Caller
  /// Whether a caller that signed in earlier may still call: asked at every tick of a connection, and
  /// when somebody's rights have become less.
  ///
  /// - `isActive`: whether it has called since it was asked last.
  func mayStay(_ caller: Caller, isActive: Bool) async -> Bool
  /// The password was not proven.
  func refused(_ name: String, peer: SignInPeer) async
  /// A call was refused because of who calls: its role, or its division.
  ///
  /// Called on the connection's loop: what waits is done elsewhere.
  func denied(_ method: String, of caller: Caller, _ failure: CallFailure)
}

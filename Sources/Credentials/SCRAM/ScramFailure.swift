/// Why a sign-in ended without success.
public struct ScramFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The stable words that travel and that programs go by.
  public enum Kind: String, Sendable, CaseIterable {
    /// A message is not of the form that RFC 5802 gives it.
    case malformed = "malformed-authentication"
    /// A message has no place in this step.
    case outOfOrder = "authentication-out-of-order"
    /// The client offers no `tls-exporter` binding: somebody may be between.
    case bindingRequired = "channel-binding-required"
    /// The client is bound to another channel: somebody is between.
    case bindingMismatch = "channel-binding-mismatch"
    /// Name or password are wrong. Which of them is never said.
    case notAuthenticated = "not-authenticated"
    /// The server does not know the account's key: it is not the node it pretends to be.
    case serverNotAuthenticated = "server-not-authenticated"
    /// The server asks for fewer or more iterations than a stored password can have.
    case iterationsOutOfBounds = "iterations-out-of-bounds"
    /// Salt or iterations have changed since the key was kept: the password itself is needed.
    case passwordNeeded = "password-needed"
    /// A name that no account can have.
    case invalidName = "invalid-name"
  }

  /// What it was.
  public let kind: Kind
  /// A sentence with the fault and the remedy; carries neither name nor secret.
  public let text: String

  init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  /// The one answer to a wrong name and to a wrong password.
  static let notAuthenticated = ScramFailure(
    .notAuthenticated, "name or password is wrong; try again, or ask the administrator")

  /// `kind: text`.
  public var description: String { "\(kind.rawValue): \(text)" }
}

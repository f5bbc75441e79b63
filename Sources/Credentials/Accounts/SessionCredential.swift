/// A secret that stands for a password for some hours, so that the password is typed once.
///
/// It signs in by the same steps as a password, under a name of its own; being random, it needs few
/// iterations.
public struct SessionCredential: Sendable, Hashable {
  /// What names of sessions begin with.
  ///
  /// No account may have such a name.
  public static let namePrefix = "session-"

  /// The name to sign in with: the prefix and 32 hexadecimal digits.
  public let name: String
  /// 256 random bits in Base64; 44 characters.
  ///
  /// Kept by the operator's program, never by the node.
  public let secret: String

  /// A new one.
  public static func make() -> SessionCredential {
    let digits = Array("0123456789abcdef".utf8)
    let name = RandomBytes.make(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return SessionCredential(
      name: namePrefix + String(decoding: name, as: UTF8.self), secret: RandomSecret.make())
  }

  /// What the node stores of it.
  public var verifier: ScramVerifier {
    ScramVerifier(password: secret, iterations: ScramVerifier.secretIterations)
  }

  /// Whether a name is a session's: its decoy has ``ScramVerifier/secretIterations``.
  public static func isSessionName(_ name: String) -> Bool { name.hasPrefix(namePrefix) }
}

extension SessionCredential: CustomStringConvertible {
  /// Names the session and hides the secret, so that no log can leak it.
  public var description: String { "SessionCredential(\(name), secret hidden)" }
}

/// Secrets that a machine makes and keeps: a node's password to its superior, a session's.
public enum RandomSecret {
  /// 256 random bits in Base64; 44 characters.
  public static func make() -> String {
    String(decoding: Base64.encode(RandomBytes.make(32)), as: UTF8.self)
  }
}

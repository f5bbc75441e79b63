internal import ExchangeRules

/// A password as a client keeps it to sign in again: worth as much as the password for this
/// account, and for no other.
///
/// Saves the hundred milliseconds of the derivation at each reconnect.
public struct SaltedPassword: Sendable, Hashable {
  /// The salt of the account, as the server sent it.
  public let salt: [UInt8]
  /// The account's iterations.
  public let iterations: Int
  private let key: [UInt8]

  /// Derives the key: 0.15 s for 600,000 iterations, so not on an event loop.
  ///
  /// The password is taken as ``ExchangeRules/WrittenPassword`` reads it. One that could not be set
  /// today is used as it is: somebody may have it from before.
  init(password: String, salt: [UInt8], iterations: Int) {
    self.salt = salt
    self.iterations = iterations
    var bytes = Array(((try? WrittenPassword.read(password))?.value ?? password).utf8)
    key = SHA256Functions.saltedPassword(bytes, salt: salt, iterations: iterations)
    bytes.cleanse()
  }

  var clientKey: [UInt8] { SHA256Functions.hmac(key: key, Array("Client Key".utf8)) }
  var serverKey: [UInt8] { SHA256Functions.hmac(key: key, Array("Server Key".utf8)) }
}

extension SaltedPassword: CustomStringConvertible {
  /// Hides the key, so that no log can leak it.
  public var description: String { "SaltedPassword(iterations: \(iterations), key hidden)" }
}

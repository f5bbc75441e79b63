internal import Credentials
internal import NIOConcurrencyHelpers

/// The name and password that a client signs in with.
///
/// The keys derived from the password are kept for reconnects to the same salt: deriving them takes
/// a third of a second by design, and a node that comes back must not wait that long each time.
public final class SignIn: Sendable {
  /// The account's name.
  public let name: String
  private let password: String
  private let salted = NIOLockedValueBox<SaltedPassword?>(nil)

  /// A sign-in of its parts.
  public init(name: String, password: String) {
    self.name = name
    self.password = password
  }

  func client(channelBinding: [UInt8]) throws(ScramFailure) -> ScramClient {
    try ScramClient(
      name: name, password: password, channelBinding: channelBinding,
      cached: salted.withLockedValue(\.self))
  }

  func keep(_ keys: SaltedPassword?) { salted.withLockedValue { $0 = keys } }
}

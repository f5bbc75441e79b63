public import Exchange
public import NIOCore
public import RPC
internal import Synchronization

/// A node's password at the node above, kept in memory: it outlives the node.
public final class TestSecret: Sendable {
  private struct State {
    var current: String
    var coming: String?
    var made = 0
  }

  private let state: Mutex<State>

  /// A password that is in force.
  public init(_ password: String) { state = Mutex(State(current: password)) }

  /// The password in force.
  public var current: String { state.withLock { $0.current } }

  /// The password that is to come.
  public var coming: String? { state.withLock { $0.coming } }

  func makeComing() -> String {
    state.withLock { state in
      state.made += 1
      let password = "a new password, the \(state.made). of its kind"
      state.coming = password
      return password
    }
  }

  /// Puts the password that is to come in its place.
  public func adoptComing() {
    state.withLock { state in
      state.current = state.coming ?? state.current
      state.coming = nil
    }
  }

  func discardComing() { state.withLock { $0.coming = nil } }
}

/// How a test's node signs in at the one above.
public struct TestUplink: UplinkSecret {
  private let secret: TestSecret
  private let account: String
  private let options: RPCConnection.Options
  private let group: any EventLoopGroup
  private let endpoint: @Sendable () throws -> Endpoint

  /// The way to the node at `endpoint`.
  public init(
    secret: TestSecret, account: String, options: RPCConnection.Options,
    group: any EventLoopGroup, endpoint: @escaping @Sendable () throws -> Endpoint
  ) {
    self.secret = secret
    self.account = account
    self.options = options
    self.group = group
    self.endpoint = endpoint
  }

  /// The password that is to come.
  public func coming() -> String? { secret.coming }
  /// Makes the password that is to come.
  public func makeComing() -> String { secret.makeComing() }
  /// Puts the password that is to come in its place.
  public func adoptComing() { secret.adoptComing() }
  /// Throws it away.
  public func discardComing() { secret.discardComing() }

  /// There is no password that is to come.
  public struct NoneComing: Error {}

  /// A connection of its own.
  public func connect(withComing: Bool) async throws -> RPCConnection {
    let known = withComing ? secret.coming : secret.current
    guard let password = known else { throw NoneComing() }
    return try await RPCConnection.connect(
      to: try endpoint(), signIn: SignIn(name: account, password: password), options: options,
      group: group)
  }
}

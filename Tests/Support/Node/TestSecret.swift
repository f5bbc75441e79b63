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

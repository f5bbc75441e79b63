internal import NIOConcurrencyHelpers
internal import NIOCore

/// Lets a bounded number of new connections through their handshake and sign-in at once; the others
/// wait unread, in order.
///
/// A connection takes its place with its first bytes.
///
/// A handshake costs some hundred times a call. When three thousand nodes come back at once, a turn
/// of the loop that took all that are ready would last over a second, and hold up every healthy
/// call. A place is held for a short time at most, so that silent peers cannot keep others out.
final class SignInGate: Sendable {
  /// Connections that go on at once: some 30 ms of a loop's work.
  static let places = 64
  /// How long one holds a place at most: three round trips across the country.
  static let holdMilliseconds: Int64 = 100

  private struct State {
    var taken = 0
    var waiting = CircularBuffer<@Sendable () -> Void>()
  }

  private let state = NIOLockedValueBox(State())

  /// Places that are taken now.
  var taken: Int { state.withLockedValue(\.taken) }

  /// Takes a place; false: the connection waits, and `admitted` is called when its turn comes.
  func enter(_ admitted: @escaping @Sendable () -> Void) -> Bool {
    state.withLockedValue { state in
      guard state.taken >= SignInGate.places else {
        state.taken += 1
        return true
      }
      state.waiting.append(admitted)
      return false
    }
  }

  /// Gives a place back: to the one that waits longest.
  func leave() {
    let next = state.withLockedValue { state in
      let next = state.waiting.popFirst()
      if next == nil { state.taken -= 1 }
      return next
    }
    next?()
  }
}

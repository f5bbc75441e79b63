internal import Synchronization

/// Refused sign-ins that count against nobody: of a locked account, or of a name that may not sign in.
///
/// Anybody can make as many as he likes, so they are told together, once a minute at most.
final class UncountedRefusals: Sendable {
  private struct State {
    var count = 0
    var lastTold: Int64?
  }

  private let state = Mutex(State())

  /// Milliseconds between two that are told.
  private static let interval: Int64 = 60_000

  /// Takes one more at a time in milliseconds since 1970; returns how many are to be told now, itself
  /// among them, nil while they gather.
  func add(at now: Int64) -> Int? {
    state.withLock { state in
      state.count += 1
      if let last = state.lastTold, now >= last, now - last < UncountedRefusals.interval {
        return nil
      }
      defer { state = State(count: 0, lastTold: now) }
      return state.count
    }
  }

  /// Takes back what could not be told.
  func takeBack(_ count: Int) {
    state.withLock { $0.count += count }
  }
}

internal import Synchronization

/// What was refused because of who asked: calls, by the role or by the division (G2), and sign-ins that
/// count against nobody.
///
/// Whoever reaches the node can make as many as he likes, so each account's are told together, once a
/// minute at most for each method and reason; what gathers when nothing more comes is told with the
/// next.
final class Denials: Sendable {
  /// What was refused to whom, and why.
  struct Kind: Hashable {
    var account: String
    var method: String
    var reason: String
  }

  private struct Gathered {
    var count = 0
    var lastTold: Int64?
  }

  private let state = Mutex<[Kind: Gathered]>([:])

  /// Milliseconds between two of a kind that are told.
  private static let interval: Int64 = 60_000
  /// Kinds that are remembered at once: those of all methods of a hundred accounts.
  private static let kinds = 8192

  /// Takes one more at a time in milliseconds since 1970; returns how many are to be told now, itself
  /// among them, nil while they gather.
  func add(_ kind: Kind, at now: Int64) -> Int? {
    state.withLock { state in
      if state.count >= Denials.kinds, state[kind] == nil {
        state = state.filter { now - ($0.value.lastTold ?? 0) < Denials.interval }
      }
      var gathered = state[kind] ?? Gathered()
      gathered.count += 1
      defer { state[kind] = gathered }
      if let last = gathered.lastTold, now >= last, now - last < Denials.interval { return nil }
      defer { gathered = Gathered(count: 0, lastTold: now) }
      return gathered.count
    }
  }

  /// Takes back what could not be told.
  func takeBack(_ count: Int, of kind: Kind) {
    state.withLock { $0[kind, default: Gathered()].count += count }
  }
}

internal import Ledger
internal import Synchronization
internal import Wire

/// How far the other side of a link has come, as it said last and as is not booked here yet.
///
/// Booking it is not urgent: after a cut the other side says it again. So it waits for the next
/// commit of the link's events instead of costing an fsync of its own in front of them, and only a
/// link that has fallen still books it by itself.
final class HeldAck: Sendable {
  /// How long it waits for company.
  static let wait = Duration.milliseconds(20)
  /// How long until it is tried again, where the store could not take it: no other may ever come,
  /// and a neighbour that is caught up waits for it.
  static let retry = Duration.seconds(1)

  private struct State {
    var newest: UInt64?
    var isTimed = false
    var failure: (any Error)?
  }

  private let ledger: Ledger
  private let peer: String
  private let booked: @Sendable () -> Void
  private let pause: @Sendable (Duration) async throws -> Void
  private let state = Mutex(State())

  /// - `booked`: called when it was booked by itself.
  init(
    _ ledger: Ledger, peer: String, booked: @escaping @Sendable () -> Void,
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.ledger = ledger
    self.peer = peer
    self.booked = booked
    self.pause = pause
  }

  /// Takes the newest; throws why an earlier one could not be booked.
  func put(_ sequence: UInt64) throws {
    let needsTimer = try state.withLock { state in
      if let failure = state.failure { throw failure }
      state.newest = sequence
      defer { state.isTimed = true }
      return !state.isTimed
    }
    if needsTimer { book(after: HeldAck.wait) }
  }

  /// Gives it up to a commit that books it.
  func take() -> UInt64? {
    state.withLock { state in
      defer { state.newest = nil }
      return state.newest
    }
  }

  /// Not for longer than the link lives, whose next hello says it again.
  private func book(after wait: Duration) {
    Task { [weak self, pause] in
      try? await pause(wait)
      await self?.book()
    }
  }

  private func book() async {
    let newest = state.withLock { state in
      defer { state.newest = nil }
      state.isTimed = false
      return state.newest
    }
    guard let newest else { return }
    let peer = peer
    do {
      try await ledger.commit { try $0.acknowledge(newest, by: peer) }
      booked()
    } catch {
      guard CallFailure(ledger: error).isTroubleOfTheStore else {
        return state.withLock { $0.failure = error }
      }
      let needsTimer = state.withLock { state in
        state.newest = max(state.newest ?? 0, newest)
        defer { state.isTimed = true }
        return !state.isTimed
      }
      if needsTimer { book(after: HeldAck.retry) }
    }
  }
}

internal import Ledger
internal import Synchronization

/// How far the other side of a link has come, as it said last and as is not booked here yet.
///
/// Booking it is not urgent: after a cut the other side says it again. So it waits for the next
/// commit of the link's events instead of costing an fsync of its own in front of them, and only a
/// link that has fallen still books it by itself.
final class HeldAck: Sendable {
  /// How long it waits for company.
  static let wait = Duration.milliseconds(20)

  private struct State {
    var newest: UInt64?
    var isTimed = false
    var failure: (any Error)?
  }

  private let ledger: Ledger
  private let peer: String
  private let booked: @Sendable () -> Void
  private let state = Mutex(State())

  /// - `booked`: called when it was booked by itself.
  init(_ ledger: Ledger, peer: String, booked: @escaping @Sendable () -> Void) {
    self.ledger = ledger
    self.peer = peer
    self.booked = booked
  }

  /// Takes the newest; throws why an earlier one could not be booked.
  func put(_ sequence: UInt64) throws {
    let needsTimer = try state.withLock { state in
      if let failure = state.failure { throw failure }
      state.newest = sequence
      defer { state.isTimed = true }
      return !state.isTimed
    }
    guard needsTimer else { return }
    Task {
      try? await Task.sleep(for: HeldAck.wait)
      await self.book()
    }
  }

  /// Gives it up to a commit that books it.
  func take() -> UInt64? {
    state.withLock { state in
      defer { state.newest = nil }
      return state.newest
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
      state.withLock { $0.failure = error }
    }
  }
}

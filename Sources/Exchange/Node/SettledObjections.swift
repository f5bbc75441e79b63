internal import Ledger
internal import Synchronization

/// Objections that have fallen, for the links to tell: what was set aside is in its place now, or an
/// administrator has put it away.
///
/// Whoever has no link open hears it when one opens, because the list of objections begins anew then.
final class SettledObjections: Sendable {
  /// What waits for one neighbour, at most.
  private static let waitingAtMost = 1024

  private let waiting = Mutex<[String: [QuarantinedEvent]]>([:])

  /// These are no objections any more.
  func put(_ events: [QuarantinedEvent]) {
    if events.isEmpty { return }
    waiting.withLock { waiting in
      for event in events where waiting[event.peer, default: []].count < Self.waitingAtMost {
        waiting[event.peer, default: []].append(event)
      }
    }
  }

  /// Takes what a neighbour is to be told.
  func take(_ peer: String) -> [QuarantinedEvent] {
    waiting.withLock { $0.removeValue(forKey: peer) ?? [] }
  }
}

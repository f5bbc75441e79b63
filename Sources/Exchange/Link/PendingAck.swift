internal import Synchronization

/// What this side of a link has on disk and has not told the other side yet; the newest counts.
///
/// The side that receives leaves it here and goes on receiving: if it waited for credit to send,
/// two sides that are both full of events would wait for each other for ever.
final class PendingAck: Sendable {
  private let sequence = Mutex<UInt64?>(nil)

  func put(_ newest: UInt64) { sequence.withLock { $0 = newest } }

  func take() -> UInt64? {
    sequence.withLock { sequence in
      defer { sequence = nil }
      return sequence
    }
  }
}

internal import ExchangeProtos
internal import Synchronization

/// What this side of a link has on disk, or has set aside, and has not told the other side yet.
///
/// The side that receives leaves it here and goes on receiving: if it waited for credit to send,
/// two sides that are both full of events would wait for each other for ever.
final class PendingAck: Sendable {
  /// Objections that wait, at most: of more the other side hears when the link opens anew.
  private static let objectionsAtMost = 1024

  private let sequence = Mutex<UInt64?>(nil)
  private let objections = Mutex<[LinkObjection]>([])

  /// Of acknowledgements the newest counts.
  func put(_ newest: UInt64) { sequence.withLock { $0 = newest } }

  func take() -> UInt64? {
    sequence.withLock { sequence in
      defer { sequence = nil }
      return sequence
    }
  }

  func put(_ more: [LinkObjection]) {
    if more.isEmpty { return }
    objections.withLock { waiting in
      waiting += more.prefix(PendingAck.objectionsAtMost - waiting.count)
    }
  }

  func takeObjections() -> [LinkObjection] {
    objections.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}

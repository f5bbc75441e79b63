internal import Synchronization

/// Tells the links that something is in an outbox. A signal that comes while nobody waits is kept.
final class OutboxSignals: Sendable {
  private let streams = Mutex<[String: AsyncStream<Void>.Continuation]>([:])

  /// Something is there for these neighbours.
  func raise(_ peers: Set<String>) {
    guard !peers.isEmpty else { return }
    streams.withLock { streams in
      for peer in peers { streams[peer]?.yield() }
    }
  }

  /// The signals for a neighbour from now on; a newer link of the same neighbour ends the older.
  func listen(_ peer: String) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    streams.withLock { streams in
      streams[peer]?.finish()
      streams[peer] = continuation
    }
    return stream
  }
}

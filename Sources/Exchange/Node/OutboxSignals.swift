internal import Synchronization

/// Tells the links that something is in an outbox.
///
/// A signal that comes while nobody waits is kept.
final class OutboxSignals: Sendable {
  private struct State {
    var streams: [String: AsyncStream<Void>.Continuation] = [:]
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Something is there for these neighbours.
  func raise(_ peers: Set<String>) {
    guard !peers.isEmpty else { return }
    state.withLock { state in
      for peer in peers { state.streams[peer]?.yield() }
    }
  }

  /// The signals for a neighbour from now on; a newer link of the same neighbour ends the older.
  func listen(_ peer: String) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    state.withLock { state in
      state.streams[peer]?.finish()
      state.streams[peer] = continuation
      if state.isClosed { continuation.finish() }
    }
    return stream
  }

  /// Ends all links that are open; the lower node of each opens it again.
  func endLinks() {
    state.withLock { state in
      for continuation in state.streams.values { continuation.finish() }
      state.streams = [:]
    }
  }

  /// Ends all links, and those that come later: the node is stopping.
  func close() {
    state.withLock { state in
      state.isClosed = true
      for continuation in state.streams.values { continuation.finish() }
    }
  }
}

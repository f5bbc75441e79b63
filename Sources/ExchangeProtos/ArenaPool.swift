internal import Synchronization

/// Arenas for who has none of its own: each is one thread's while it is out, and comes back empty.
enum ArenaPool {
  /// An arena on its way between threads; only one holds it at a time.
  private struct Idle: @unchecked Sendable {
    let arena: MessageArena
  }

  /// Kept at most: more threads than this at once make arenas that end with their work.
  private static let mostIdle = 16
  private static let idle = Mutex<[Idle]>([])

  static func withArena<Outcome>(_ work: (MessageArena) -> Outcome) -> Outcome {
    let arena = idle.withLock { $0.popLast() }?.arena ?? MessageArena()
    defer {
      arena.reset()
      let back = Idle(arena: arena)
      idle.withLock { if $0.count < mostIdle { $0.append(back) } }
    }
    return work(arena)
  }
}

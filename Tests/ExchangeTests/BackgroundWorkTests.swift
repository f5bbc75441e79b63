import Credentials
import ExchangeRules
import NIOCore
import NIOPosix
import Synchronization
import Testing
import Wire

@testable import Exchange

@Suite("What keeps a processor busy", .timeLimit(.minutes(30)))
struct BackgroundWorkTests {
  /// Runs tasks on a loop, as the server runs its calls.
  private final class Loop: TaskExecutor {
    let loop = MultiThreadedEventLoopGroup.singleton.next()

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }

  /// How many pieces run at the same time.
  private final class Running: Sendable {
    private let count = Mutex(0)

    func enter() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }

    func leave() { count.withLock { $0 -= 1 } }
  }

  @Test("runs on no event loop, though its caller does, and one piece at a time")
  func away() async {
    let work = BackgroundWork()
    let running = Running()
    let found = await Task(executorPreference: Loop()) {
      await withTaskGroup(of: (Bool, Int).self) { group in
        for _ in 0..<16 {
          group.addTask {
            await work.run {
              let atOnce = running.enter()
              defer { running.leave() }
              _ = ScramVerifier(password: "a piece of work", iterations: 4096)
              return (MultiThreadedEventLoopGroup.currentEventLoop == nil, atOnce)
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
    }.value
    #expect(found.count == 16)
    #expect(found.allSatisfy { $0.0 && $0.1 == 1 })
  }

  @Test("S12.3: a second search for look-alikes is told to come again; after the first it may")
  func searches() async throws {
    let search = LookAlikeSearch()
    _ = try await search.groups {
      let refused = await #expect(throws: CallFailure.self) {
        try await search.groups { [] }
      }
      #expect(refused?.reason == "busy")
      #expect(refused?.retryAfterMilliseconds == LookAlikeSearch.retryMilliseconds)
      return []
    }
    await #expect(throws: CancellationError.self) {
      try await search.groups { throw CancellationError() }
    }
    #expect(try await search.groups { [] }.isEmpty)
  }
}

import ExchangeProtos
import Ledger
import NIOCore
import NIOPosix
import RPC
import Synchronization
import TestNodes

/// An operator's calls at a steady rate, and a link that always has something to send: what a rotation
/// must not disturb.
final class RotateLoad: Sendable {
  private let connection: RPCConnection
  private let place: RelayPlace
  private let perSecond: Int
  private let counts = Mutex((begun: 0, failed: 0, sent: 0, first: String?.none))
  private let tasks = Mutex<[Task<Void, Never>]>([])

  init(on network: RotatingNetwork, perSecond: Int) async throws {
    place = network.place
    self.perSecond = perSecond
    connection = try await network.county.signIn()
  }

  /// Items that are entered and sent together.
  private static let itemsAtOnce = 64
  /// Calls are begun in so many turns a second.
  private static let turnsPerSecond = 100

  func start() {
    let calls = Task { await call() }
    let items = Task { await fillLink() }
    tasks.withLock { $0 = [calls, items] }
  }

  /// Calls that were begun, those of them that failed, items that were sent, and why the first failed.
  func stop() async -> (begun: Int, failed: Int, sent: Int, first: String?) {
    let running = tasks.withLock { $0 }
    for task in running { task.cancel() }
    for task in running { await task.value }
    await connection.close()
    return counts.withLock { $0 }
  }

  private func call() async {
    let share = max(1, perSecond / RotateLoad.turnsPerSecond)
    var next = ContinuousClock.now
    while !Task.isCancelled {
      for _ in 0..<share {
        counts.withLock { $0.begun += 1 }
        connection.call(Account.whoAmI, WhoAmIRequest(), timeout: .seconds(30)) { [self] outcome in
          if case .failure(let failure) = outcome { fail(failure) }
        }
      }
      next += .milliseconds(1000 / RotateLoad.turnsPerSecond)
      try? await Task.sleep(until: next, clock: .continuous)
    }
  }

  private func fillLink() async {
    while !Task.isCancelled {
      let identities = (0..<RotateLoad.itemsAtOnce).map { _ in LedgerID(version7At: place.now()) }
      await withTaskGroup(of: Void.self) { tasks in
        for id in identities { tasks.addTask { await self.send(id) } }
      }
    }
  }

  private func send(_ id: LedgerID) async {
    var entry = EnterRequest()
    entry.item = RelayStock.item
    entry.item?.id = id.bytes
    var sending = ItemsRequest()
    sending.ids = [id.bytes]
    do {
      _ = try await connection.call(Items.enter, entry)
      _ = try await connection.call(Items.send, sending)
      counts.withLock { $0.sent += 1 }
    } catch {
      // Given up at the end of the run.
      if !Task.isCancelled { fail(error) }
    }
  }

  private func fail(_ error: some Error) {
    counts.withLock { counts in
      counts.failed += 1
      counts.first = counts.first ?? "\(error)"
    }
  }
}

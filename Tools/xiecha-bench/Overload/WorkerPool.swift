import Synchronization

/// A bounded number of workers; who finds none free waits in order, or leaves when it is cancelled.
final class WorkerPool: Sendable {
  private struct State {
    var free: Int
    var tickets = 0
    var waiting: [(ticket: Int, waiter: CheckedContinuation<Void, any Error>)] = []
    var cancelled: Set<Int> = []
  }

  private let state: Mutex<State>

  init(workers: Int) {
    state = Mutex(State(free: workers))
  }

  func work(for duration: Duration) async throws {
    try await take()
    defer { giveBack() }
    try await Task.sleep(for: duration)
  }

  private func take() async throws {
    let ticket = state.withLock { state in
      state.tickets += 1
      return state.tickets
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { waiter in
        let now = state.withLock { state -> Result<Void, any Error>? in
          if state.cancelled.remove(ticket) != nil { return .failure(CancellationError()) }
          if state.free > 0 {
            state.free -= 1
            return .success(())
          }
          state.waiting.append((ticket, waiter))
          return nil
        }
        if let now { waiter.resume(with: now) }
      }
    } onCancel: {
      leave(ticket)
    }
  }

  private func leave(_ ticket: Int) {
    let waiter = state.withLock { state -> CheckedContinuation<Void, any Error>? in
      guard let place = state.waiting.firstIndex(where: { $0.ticket == ticket }) else {
        return nil
      }
      return state.waiting.remove(at: place).waiter
    }
    waiter?.resume(throwing: CancellationError())
  }

  private func giveBack() {
    let waiter = state.withLock { state -> CheckedContinuation<Void, any Error>? in
      if state.waiting.isEmpty {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst().waiter
    }
    waiter?.resume()
  }
}

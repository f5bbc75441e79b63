import ExchangeProtos
import NIOCore
import RPC
import Synchronization
import Wire

/// A healthy client: calls at a steady rate whatever else happens, and notes how long each took,
/// counted from when it was due.
final class Probe: Sendable {
  struct Figures: Sendable {
    var latencies = Latencies()
    var answered = 0
    /// How many failed, by the reason's word.
    var failures: [String: Int] = [:]
    var failed: Int { failures.values.reduce(0, +) }

    /// Such as `3: 2 overloaded, 1 deadline-exceeded`.
    var failureText: String {
      let reasons = failures.sorted { $0.value > $1.value }.map { "\($0.value) \($0.key)" }
      return failed == 0 ? "0" : "\(failed): \(reasons.joined(separator: ", "))"
    }
  }

  private struct State {
    var figures = Figures()
    var underWay = 0
    var isStopped = false
    var done: CheckedContinuation<Figures, Never>?

    /// Who waits, when nothing is under way any more.
    mutating func takeDone() -> CheckedContinuation<Figures, Never>? {
      guard isStopped, underWay == 0 else { return nil }
      defer { done = nil }
      return done
    }
  }

  private let connection: RPCConnection
  private let interval: TimeAmount
  private let timeout: TimeAmount
  private let request: BenchItem
  private let state = Mutex(State())

  init(
    _ connection: RPCConnection, every interval: TimeAmount, timeout: TimeAmount,
    request: BenchItem
  ) {
    self.connection = connection
    self.interval = interval
    self.timeout = timeout
    self.request = request
  }

  /// Calls until ``stop()``.
  func run() async -> Figures {
    await withCheckedContinuation { done in
      state.withLock { $0.done = done }
      connection.eventLoop.execute { self.call(due: .now()) }
    }
  }

  func stop() {
    state.withLock { state in
      state.isStopped = true
      guard let done = state.takeDone() else { return }
      done.resume(returning: state.figures)
    }
  }

  private func call(due: NIODeadline) {
    let isStopped = state.withLock { state in
      if !state.isStopped { state.underWay += 1 }
      return state.isStopped
    }
    guard !isStopped else { return }
    connection.call(Bench.submit, request, timeout: timeout) { self.ended(due, $0) }
    let next = due + interval
    connection.eventLoop.scheduleTask(deadline: next) { self.call(due: next) }
  }

  private func ended(_ due: NIODeadline, _ outcome: Result<BenchAck, CallFailure>) {
    let nanoseconds = (NIODeadline.now() - due).nanoseconds
    state.withLock { state in
      state.underWay -= 1
      state.figures.latencies.add(nanoseconds: nanoseconds)
      switch outcome {
      case .success: state.figures.answered += 1
      case .failure(let failure): state.figures.failures[failure.reason, default: 0] += 1
      }
      state.takeDone()?.resume(returning: state.figures)
    }
  }
}

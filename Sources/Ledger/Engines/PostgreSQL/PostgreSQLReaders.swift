internal import Dispatch

/// The connections that read: work waits until one is free.
final class PostgreSQLReaders: @unchecked Sendable {
  /// One connection, with the thread that it is used on.
  private final class Reader: @unchecked Sendable {
    // Touched by whoever has taken it.
    let session: PostgreSQLSession
    let queue = DispatchQueue(label: "Ledger.reader")

    init(_ session: PostgreSQLSession) {
      self.session = session
    }
  }

  /// What is done with a reader; without one where the ledger is closed.
  private typealias Use = @Sendable (Reader?) -> Void

  private struct State {
    var free: [Reader]
    var waiting: [Use] = []
    var isClosed = false
  }

  private let state: Guarded<State>
  /// What was taken and has not ended.
  private let underWay = DispatchGroup()

  init(_ connect: @escaping @Sendable () throws -> PostgreSQLConnection) {
    state = Guarded(
      State(free: (0..<PostgreSQLLimits.readers).map { _ in Reader(PostgreSQLSession(connect)) }))
  }

  func read<Value: Sendable>(
    _ work: @escaping @Sendable (any EngineSession) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      take { reader in
        guard let reader else { return continuation.resume(throwing: LedgerFailure.closed) }
        reader.queue.async {
          let result = Result { try reader.session.reading { try work($0) } }
          self.give(back: reader)
          continuation.resume(with: result)
        }
      }
    }
  }

  func readHere<Value>(_ work: (any EngineSession) throws -> Value) throws -> Value {
    let isFree = DispatchSemaphore(value: 0)
    let taken = Guarded<Reader?>(nil)
    take { reader in
      taken.withLock { $0 = reader }
      isFree.signal()
    }
    isFree.wait()
    guard let reader = taken.withLock({ $0 }) else { throw LedgerFailure.closed }
    defer { give(back: reader) }
    return try reader.queue.sync { try reader.session.reading { try work($0) } }
  }

  /// Refuses new work and waits for what was handed over before.
  func close() {
    state.withLock { $0.isClosed = true }
    underWay.wait()
    state.withLock { $0.free = [] }
  }

  private func take(_ use: @escaping Use) {
    let reader = state.withLock { state -> (now: Bool, reader: Reader?) in
      if state.isClosed { return (true, nil) }
      underWay.enter()
      if let free = state.free.popLast() { return (true, free) }
      state.waiting.append(use)
      return (false, nil)
    }
    if reader.now { use(reader.reader) }
  }

  private func give(back reader: Reader) {
    let next = state.withLock { state -> Use? in
      if !state.waiting.isEmpty { return state.waiting.removeFirst() }
      state.free.append(reader)
      return nil
    }
    next?(reader)
    underWay.leave()
  }
}

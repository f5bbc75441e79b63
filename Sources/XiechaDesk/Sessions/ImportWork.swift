import CaseFile
import ExchangeRules
import Operator
import Presentation
import Synchronization

/// An import that goes on while its clerk looks on, or does something else.
final class ImportWork: Sendable {
  /// How far it is.
  enum State: Sendable {
    /// Rows done so far.
    case running(Int)
    case done(Outcome)
    case failed(ProgramFailure)
  }

  /// What became of it.
  struct Outcome: Sendable {
    var result: ImportRun.Result
    /// Nothing was entered: the rows were looked at.
    var wasCheck: Bool
  }

  private let state = Mutex<State>(.running(0))
  private let task = Mutex<Task<Void, Never>?>(nil)

  var now: State { state.withLock(\.self) }

  var isRunning: Bool { if case .running = now { true } else { false } }

  /// Starts; `work` is told how to say how far it is.
  init(_ work: @escaping @Sendable (_ progress: (Int) -> Void) async throws -> Outcome) {
    let running = Task { [weak self] in
      let end: State
      do {
        end = .done(
          try await work { done in self?.state.withLock { $0 = .running(done) } })
      } catch {
        end = .failed(ProgramFailure(error))
      }
      self?.state.withLock { $0 = end }
    }
    task.withLock { $0 = running }
  }

  /// Waits a moment for its end, so that a small file is answered at once.
  func settle() async throws {
    for _ in 0..<DeskLimits.importLooks where isRunning {
      try await Task.sleep(for: .milliseconds(DeskLimits.importLookMilliseconds))
    }
  }

  /// Ends it where it stands: what was entered is known the next time.
  func cancel() { task.withLock { $0?.cancel() } }

  deinit { cancel() }
}

import Foundation
import Synchronization

/// A node that runs as a process of its own, with what it has written so far.
final class RunningNode: Sendable {
  private struct State {
    var text: [Stream: String] = [:]
    var ended: Set<Stream> = []
    var exit: Int32?
    var waiting: [Waiter] = []
    var leaving: [CheckedContinuation<Int32, Never>] = []
  }

  private struct Waiter {
    var stream: Stream
    var part: String
    var continuation: CheckedContinuation<String?, Never>
  }

  enum Stream { case output, error }

  private let state = Mutex(State())
  private let process: Mutex<Process>
  let identifier: Int32

  /// Starts a node; it ends with this object at the latest.
  init(config: String, in folder: TemporaryFolder) throws {
    let process = Process()
    process.executableURL = Program.node.url
    process.arguments = ["--config", config]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = [:]
    process.standardInput = FileHandle.nullDevice
    let (output, error) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = error
    let started = Started()
    for (pipe, stream) in [(output, Stream.output), (error, .error)] {
      pipe.fileHandleForReading.readabilityHandler = { handle in
        let data = handle.availableData
        if data.isEmpty { handle.readabilityHandler = nil }
        started.node?.took(data, stream)
      }
    }
    process.terminationHandler = { started.node?.exited($0.terminationStatus) }
    try process.run()
    identifier = process.processIdentifier
    self.process = Mutex(process)
    started.set(self)
  }

  deinit {
    process.withLock { if $0.isRunning { kill(identifier, SIGKILL) } }
  }

  /// The first line that holds a text, waited for; nil if the stream ends without it.
  func line(with part: String, on stream: Stream = .output) async -> String? {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        state.waiting.append(Waiter(stream: stream, part: part, continuation: continuation))
        RunningNode.serve(&state)
      }
    }
  }

  /// Sends a signal.
  func signal(_ number: Int32) { kill(identifier, number) }

  /// The exit code, waited for.
  func exit() async -> Int32 {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        state.leaving.append(continuation)
        RunningNode.serve(&state)
      }
    }
  }

  private func took(_ data: Data, _ stream: Stream) {
    state.withLock { state in
      if data.isEmpty { state.ended.insert(stream) }
      state.text[stream, default: ""] += String(decoding: data, as: UTF8.self)
      RunningNode.serve(&state)
    }
  }

  private func exited(_ code: Int32) {
    state.withLock { state in
      state.exit = code
      RunningNode.serve(&state)
    }
  }

  private static func serve(_ state: inout State) {
    state.waiting.removeAll { waiter in
      let lines = (state.text[waiter.stream] ?? "").split(separator: "\n")
      if let line = lines.first(where: { $0.contains(waiter.part) }) {
        waiter.continuation.resume(returning: String(line))
        return true
      }
      guard state.ended.contains(waiter.stream) else { return false }
      waiter.continuation.resume(returning: nil)
      return true
    }
    guard let exit = state.exit else { return }
    for continuation in state.leaving { continuation.resume(returning: exit) }
    state.leaving = []
  }

  /// Breaks the circle between the process's handlers and the node that owns it.
  private final class Started: Sendable {
    private struct Reference: @unchecked Sendable {
      weak var node: RunningNode?
    }

    private let reference = Mutex(Reference())

    var node: RunningNode? { reference.withLock { $0.node } }

    func set(_ node: RunningNode) { reference.withLock { $0.node = node } }
  }
}

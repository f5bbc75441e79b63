import Foundation
import Synchronization
import TestSupport

/// A node that runs as a process of its own, with what it has written so far.
///
/// It ends with this object at the latest.
final class RunningNode: Sendable {
  private struct State {
    var text: [Stream: String] = [:]
    var ended: Set<Stream> = []
    var waiting: [Waiter] = []
  }

  private struct Waiter {
    var stream: Stream
    var part: String
    var continuation: CheckedContinuation<String?, Never>
  }

  enum Stream { case output, error }

  private let state = Mutex(State())
  private let process: ChildProcess

  var identifier: Int32 { process.identifier }

  init(
    config: String, in folder: TemporaryFolder, environment: [String: String] = [:]
  ) throws {
    let (output, error) = (Pipe(), Pipe())
    process = try ChildProcess(
      Program.node.path, ["--config", config], environment: environment, in: folder.path,
      output: output.fileHandleForWriting.fileDescriptor,
      error: error.fileHandleForWriting.fileDescriptor)
    for (pipe, stream) in [(output, Stream.output), (error, .error)] {
      // The process alone writes now: its end is the stream's end.
      try pipe.fileHandleForWriting.close()
      let handle = pipe.fileHandleForReading
      Thread.detachNewThread { [weak self] in
        var data: Data
        repeat {
          data = handle.availableData
          self?.took(data, stream)
        } while !data.isEmpty
      }
    }
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
  func signal(_ number: Int32) { process.signal(number) }

  /// The exit code, waited for.
  func exit() async -> Int32 { await process.exit() }

  private func took(_ data: Data, _ stream: Stream) {
    state.withLock { state in
      if data.isEmpty { state.ended.insert(stream) }
      state.text[stream, default: ""] += String(decoding: data, as: UTF8.self)
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
  }
}

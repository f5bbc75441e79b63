import Foundation

/// One run of the real program: what it printed and how it ended.
struct ProgramRun {
  let output: String
  let errors: String
  let exitCode: Int32

  /// The program lies beside the tests.
  private static let program = URL(filePath: CommandLine.arguments[0])
    .deletingLastPathComponent().appending(path: "xiecha")

  init(
    _ arguments: [String], input: String = "", environment: [String: String] = [:],
    in directory: String = NSTemporaryDirectory()
  ) async throws {
    let base = directory + "/" + UUID().uuidString
    let files = try ["out", "err", "in"].map { name in
      let path = "\(base).\(name)"
      try Data((name == "in" ? input : "").utf8).write(to: URL(filePath: path))
      return path
    }
    defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
    let process = Process()
    process.executableURL = ProgramRun.program
    process.arguments = arguments
    process.environment = environment
    process.standardOutput = FileHandle(forWritingAtPath: files[0])
    process.standardError = FileHandle(forWritingAtPath: files[1])
    process.standardInput = FileHandle(forReadingAtPath: files[2])
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in done.resume() }
      do { try process.run() } catch { done.resume(throwing: error) }
    }
    output = try String(contentsOf: URL(filePath: files[0]), encoding: .utf8)
    errors = try String(contentsOf: URL(filePath: files[1]), encoding: .utf8)
    exitCode = process.terminationStatus
  }

  /// The lines of the output, each one JSON object.
  var objects: [[String: Any]] {
    get throws {
      try output.split(separator: "\n").compactMap { line in
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      }
    }
  }
}

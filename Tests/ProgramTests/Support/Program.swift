import Foundation

/// One of the built programs, run as a user runs it.
struct Program {
  let name: String

  static let admin = Program(name: "xiecha-admin")
  static let node = Program(name: "xiecha-node")

  /// How a run ended, and what it wrote.
  struct Result {
    var exit: Int32
    var output: String
    var error: String
  }

  /// The built programs lie beside the test bundle, which is the running process.
  private static let folder: URL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  var url: URL { Program.folder.appendingPathComponent(name) }

  /// Runs to the end.
  ///
  /// Nothing of the caller's environment reaches the program.
  func run(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]
  ) async throws -> Result {
    try await Program.run(url, arguments, in: folder, environment: environment)
  }

  static func run(
    _ url: URL, _ arguments: [String], in folder: TemporaryFolder,
    environment: [String: String] = [:]
  ) async throws -> Result {
    let (output, error) = (folder.fresh("output"), folder.fresh("error"))
    for file in [output, error] { try Data().write(to: URL(fileURLWithPath: file)) }
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = environment.merging(["XIECHA_LANG": "en"]) { given, _ in given }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: error)
    let exit: Int32 = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        continuation.resume(throwing: error)
      }
    }
    return Result(exit: exit, output: try text(of: output), error: try text(of: error))
  }

  private static func text(of file: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
  }
}

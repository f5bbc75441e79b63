internal import Foundation
internal import Glibc

/// One run of a program to its end: what it wrote and how it ended.
public struct ProgramRun: Sendable {
  /// What it wrote to its output.
  public let output: String
  /// What it wrote to its messages.
  public let error: String
  /// The exit code; 128 and the signal's number if a signal ended it.
  public let exit: Int32

  /// The path of a program that this package builds: it lies beside the tests.
  public static func built(_ name: String) -> String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: name).path
  }

  /// Runs a program.
  ///
  /// - Parameters:
  ///   - program: The path of its file.
  ///   - arguments: What follows the program's name.
  ///   - environment: All its variables; without them, those of this process.
  ///   - directory: Where it works; without it, where this process does.
  ///   - input: What it reads.
  /// - Throws: ``ChildProcess/NotStarted``, or that the disk takes no more.
  public init(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil,
    in directory: String? = nil, input: String = ""
  ) async throws {
    let folder = try TemporaryFolder()
    for (name, text) in [("input", input), ("output", ""), ("error", "")] {
      try folder.write(text, to: name)
    }
    let files = ["input", "output", "error"].map { open(folder.file($0), O_RDWR | O_CLOEXEC) }
    defer { for file in files { close(file) } }
    let process = try ChildProcess(
      program, arguments, environment: environment, in: directory, input: files[0],
      output: files[1], error: files[2])
    exit = await process.exit()
    output = try folder.text(of: "output")
    error = try folder.text(of: "error")
  }
}

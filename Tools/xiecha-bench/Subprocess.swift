import Foundation
import Glibc
import TestSupport

/// A program that is measured from outside.
final class Subprocess: Sendable {
  private let process: ChildProcess
  private let output: FileHandle

  /// Starts it; what it writes and is not read here goes where the benchmark's own goes.
  init(_ path: String, _ arguments: [String], readyOnStandardError: Bool = false) throws {
    let pipe = Pipe()
    let writing = pipe.fileHandleForWriting.fileDescriptor
    process = try ChildProcess(
      path, arguments, output: readyOnStandardError ? STDOUT_FILENO : writing,
      error: readyOnStandardError ? writing : STDERR_FILENO)
    try pipe.fileHandleForWriting.close()
    output = pipe.fileHandleForReading
  }

  /// The rest of the line that begins with `ready`.
  func waitUntilReady() throws -> String {
    var text = ""
    while !text.contains("\n") {
      let bytes = output.availableData
      guard !bytes.isEmpty else { throw Ended() }
      text += String(decoding: bytes, as: UTF8.self)
    }
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("ready") }) else {
      throw Ended()
    }
    return line.dropFirst("ready".count).trimmingCharacters(in: .whitespaces)
  }

  var identifier: Int32 { process.identifier }

  /// Ends it at once.
  func stop() {
    process.signal(SIGKILL)
    _ = process.waitUntilExit()
  }

  /// Runs a program to its end and gives what it printed.
  static func run(_ path: String, _ arguments: [String]) throws -> String {
    let program = try Subprocess(path, arguments)
    let bytes = program.output.readDataToEndOfFile()
    guard program.process.waitUntilExit() == 0 else { throw Ended() }
    return String(decoding: bytes, as: UTF8.self)
  }

  struct Ended: Error, CustomStringConvertible {
    var description: String { "a measured program ended before its time; see its messages above" }
  }
}

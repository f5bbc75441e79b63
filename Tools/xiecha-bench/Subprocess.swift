import Foundation
import Glibc

/// A program that is measured from outside.
final class Subprocess: @unchecked Sendable {
  // Process says that it may be asked from every thread; the output is read before it is shared.
  private let process = Process()
  private let output = Pipe()

  /// Starts it and waits for a line that begins with `ready`; what follows on that line is given back.
  init(_ path: String, _ arguments: [String], readyOnStandardError: Bool = false) throws {
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    if readyOnStandardError {
      process.standardError = output
    } else {
      process.standardOutput = output
    }
    try process.run()
  }

  /// The rest of the line that begins with `ready`.
  func waitUntilReady() throws -> String {
    var text = ""
    while !text.contains("\n") {
      let bytes = output.fileHandleForReading.availableData
      guard !bytes.isEmpty else { throw Ended() }
      text += String(decoding: bytes, as: UTF8.self)
    }
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("ready") }) else {
      throw Ended()
    }
    return line.dropFirst("ready".count).trimmingCharacters(in: .whitespaces)
  }

  var identifier: Int32 { process.processIdentifier }

  /// Ends it at once: a program started from a thread with signals blocked does not hear SIGTERM.
  func stop() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Runs a program to its end and gives what it printed.
  static func run(_ path: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Ended() }
    return String(decoding: bytes, as: UTF8.self)
  }

  struct Ended: Error, CustomStringConvertible {
    var description: String { "a measured program ended before its time; see its messages above" }
  }
}

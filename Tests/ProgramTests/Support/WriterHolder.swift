import Foundation
import TestSupport
import Testing

/// Another process that holds a ledger's writer, as one that hangs in the middle of a transaction.
final class WriterHolder {
  private let process = Process()
  private let input = Pipe()

  init(store: String, in folder: TemporaryFolder) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.arguments = [
      "-c",
      """
      import sqlite3, sys
      held = sqlite3.connect("\(store)", isolation_level=None, timeout=30)
      held.execute("BEGIN IMMEDIATE")
      print("held", flush=True)
      sys.stdin.read()
      """,
    ]
    let output = Pipe()
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    try #require(!output.fileHandleForReading.availableData.isEmpty)
  }

  func release() throws {
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

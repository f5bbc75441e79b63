import Foundation
import TestSupport
import Testing

/// A province's year that `Tools/simulate` has made, with its node and its supervisor.
enum SimulatedProvince {
  /// Makes the store, the configuration and the export in a folder.
  static func make(in folder: TemporaryFolder, _ arguments: String...) async throws {
    let run = try await Program.simulate.run(
      arguments + ["--out", ".", "--export", "items.jsonl"], in: folder)
    try #require(run.exit == 0, "\(run.error)")
  }

  /// Starts the province's node and signs its supervisor in.
  static func start(in folder: TemporaryFolder) async throws -> RunningNode {
    let node = try RunningNode(config: "440000.json", in: folder)
    let ready = try #require(await node.line(with: "ready:"))
    let run = try await xiecha(
      folder,
      [
        "sign-in", "p", "--node", String(ready.split(separator: " ").last ?? ""), "--division",
        "440000", "--account", "supervisor", "--trust", "Certificates/authority.pem",
        "--password-file", "supervisor.password",
      ])
    try #require(run.exit == 0, "\(run.error)")
    return node
  }

  /// Runs the operator's program with the supervisor's sign-in.
  static func xiecha(
    _ folder: TemporaryFolder, _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> ProgramRun {
    try await Program.operator.run(
      arguments, in: folder,
      environment: ["HOME": folder.path].merging(environment) { _, given in given })
  }

  /// The JSON lines that a command of the operator's program prints.
  static func lines(
    _ folder: TemporaryFolder, _ arguments: [String]
  ) async throws -> [[String: Any]] {
    let run = try await xiecha(folder, arguments + ["--json"])
    try #require(run.exit == 0, "\(run.error)")
    return try run.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }
}

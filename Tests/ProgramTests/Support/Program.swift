import TestSupport

/// One of the built programs, run as a user runs it.
struct Program {
  let name: String

  static let admin = Program(name: "xiecha-admin")
  static let node = Program(name: "xiecha-node")
  static let simulate = Program(name: "xiecha-simulate")
  static let `operator` = Program(name: "xiecha")

  /// The path of its file.
  var path: String { ProgramRun.built(name) }

  /// Runs to the end.
  ///
  /// Nothing of the caller's environment reaches the program.
  func run(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]
  ) async throws -> ProgramRun {
    try await ProgramRun(
      path, arguments,
      environment: environment.merging(["XIECHA_LANG": "en"]) { given, _ in given },
      in: folder.path)
  }
}

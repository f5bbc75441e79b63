import Foundation
import TestSupport

extension ProgramRun {
  /// Runs the real `xiecha` with these variables and no others.
  static func xiecha(
    _ arguments: [String], input: String = "", environment: [String: String] = [:],
    in directory: String? = nil
  ) async throws -> ProgramRun {
    try await ProgramRun(
      built("xiecha"), arguments, environment: environment, in: directory, input: input)
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

import ArgumentParser
import Presentation
import Program

/// Commands of this program, run one after the other: whoever sets a node up sees each, and could have
/// typed it.
struct Steps {
  let console: Console

  /// Shows a command and runs it.
  func run<Step: Command>(_ step: Step.Type, _ words: String, _ arguments: [String]) async throws {
    if !console.isJSON {
      let line = (["xiecha-admin", words] + arguments.map(Steps.quoted)).joined(separator: " ")
      try console.say("$ \(line)", "$ \(line)")
    }
    _ = try await step.parse(arguments).perform(on: console)
  }

  private static func quoted(_ word: String) -> String {
    word.contains(" ") || word.isEmpty ? "'\(word)'" : word
  }
}

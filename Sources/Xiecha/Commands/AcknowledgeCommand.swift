import ArgumentParser
import Operator
import Presentation
import Program

/// `xiecha dun acknowledge` and `xiecha report acknowledge`.
struct AcknowledgeCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge",
    abstract: "签收函件 · Take note of a letter that one's own office was sent.")

  @Argument(help: "函件编号 · The letter.")
  var letter: String

  @Option(help: "答复，双方可见 · What the office says to it; both sides see it.")
  var note: String?

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let summary = try await NodeSession.with(profile: profile.profile) { node in
      try await node.acknowledge(letter, note: note ?? "")
    }
    try console.show(LettersView(letters: [summary]).page(in: console.language))
    return .done
  }
}

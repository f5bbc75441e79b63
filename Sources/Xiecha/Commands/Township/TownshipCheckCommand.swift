import ArgumentParser
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha township check`.
struct TownshipCheckCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "记录抽查结果（留痕） · Record what a spot check has found; leaves a trace.")

  @Argument(help: "编号 · The item.")
  var item: String

  @Option(help: "属实, 不实, 无法核实 · confirmed, wrong, undecided.")
  var outcome: String

  @Option(help: "核查方式和发现 · How it was checked, and what was found.")
  var note: String

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { _ = try chosen() }

  func perform(on console: Console) async throws -> ProgramExit {
    let outcome = try chosen()
    let line = try await NodeSession.with(profile: profile.profile) { node in
      try await node.check(item, outcome, note: note)
    }
    try console.show(SampleView(lines: [line]).page(in: console.language))
    return .done
  }

  private func chosen() throws -> SpotOutcome {
    guard let found = SpotOutcome(word: outcome) else {
      let words = SpotOutcome.allCases.map { "\($0.word) \($0.label.chinese)" }
      throw ValidationError("--outcome \(outcome)：\(words.joined(separator: ", "))")
    }
    return found
  }
}
